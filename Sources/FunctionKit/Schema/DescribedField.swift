/// A field of a JSON object, as its type reads or writes it.
public struct DescribedField: Sendable {
  public let name: String
  /// What the field holds when it holds anything.
  public let schema: JSON
  public let isOptional: Bool

  public init(name: String, schema: JSON, isOptional: Bool) {
    self.name = name
    self.schema = schema
    self.isOptional = isOptional
  }
}

extension [DescribedField] {
  /// The schema of an object that is read from these: an optional field may be left out, or be `null`.
  public var whenRead: JSON { object(required: filter { !$0.isOptional }) }

  /// The schema of an object that is written from these: an optional field is there, if only as `null`.
  var whenWritten: JSON { object(required: self) }

  private func object(required: [DescribedField]) -> JSON {
    let properties = map { ($0.name, $0.isOptional ? $0.schema.orNull : $0.schema) }
    var schema: JSONObject = ["type": "object", "properties": .object(JSONObject(properties))]
    if !required.isEmpty { schema["required"] = .array(required.map { .string($0.name) }) }
    return .object(schema)
  }
}
