/// Limits of a type's fields, which its function checks and its description tells.
public protocol Limited {
  /// By the names that the fields have in JSON.
  static var limits: [String: FieldLimit] { get }
}

/// What a field's value must keep to beyond its type.
public struct FieldLimit: Sendable {
  /// Keywords of JSON Schema.
  let keywords: [(name: String, value: JSON)]
  /// Whether the function insists on a field that its type could do without.
  var isNeeded = false

  /// A number's bounds, and what counts when the field is left out.
  public static func range(_ range: ClosedRange<Int>, default value: Int? = nil) -> FieldLimit {
    var keywords = [("minimum", JSON(range.lowerBound)), ("maximum", JSON(range.upperBound))]
    if let value { keywords.append(("default", JSON(value))) }
    return FieldLimit(keywords: keywords)
  }

  /// A text's length in characters, none of them a control character but line feed and tab, as ``Validation`` has it.
  public static func text(_ length: ClosedRange<Int>) -> FieldLimit {
    FieldLimit(keywords: [
      ("minLength", JSON(length.lowerBound)), ("maxLength", JSON(length.upperBound)),
      ("pattern", #"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*$"#),
    ])
  }

  /// How many entries a list has.
  public static func count(_ count: ClosedRange<Int>) -> FieldLimit {
    FieldLimit(keywords: [("minItems", JSON(count.lowerBound)), ("maxItems", JSON(count.upperBound))])
  }

  /// A text's form, as a regular expression of JSON Schema; write the anchors.
  public static func pattern(_ expression: String) -> FieldLimit {
    FieldLimit(keywords: [("pattern", .string(expression))])
  }

  /// One more limit of the same field.
  public func and(_ other: FieldLimit) -> FieldLimit {
    FieldLimit(keywords: keywords + other.keywords, isNeeded: isNeeded || other.isNeeded)
  }

  /// The same of a field that may not be left out, though its type is optional.
  public var needed: FieldLimit { FieldLimit(keywords: keywords, isNeeded: true) }
}

extension JSON {
  fileprivate init(_ value: Int) { self = .number(JSONNumber(value)) }

  func limited(by limit: FieldLimit) -> JSON {
    guard var schema = object else { return self }
    for (name, value) in limit.keywords {
      // Two patterns hold both.
      if name == "pattern", schema[name] != nil { schema["allOf"] = [["pattern": value]] } else { schema[name] = value }
    }
    return .object(schema)
  }
}
