/// Any JSON document as a value, for shapes a type cannot name: a stored event, a provider's answer.
///
/// Numbers keep their source text and objects their order, so what is read can be written back unchanged.
public enum JSON: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(JSONNumber)
  case string(String)
  case array([JSON])
  case object(JSONObject)
}

extension JSON {
  /// The member of that name; `nil` if it is absent or this is no object, so lookups chain.
  public subscript(name: String) -> JSON? { object?[name] }

  /// The item at that position; `nil` if it is absent or this is no array.
  public subscript(index: Int) -> JSON? {
    guard let items = array, items.indices.contains(index) else { return nil }
    return items[index]
  }

  public var isNull: Bool { self == .null }

  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  public var number: JSONNumber? {
    if case .number(let value) = self { value } else { nil }
  }

  /// The exact whole number; text is never read as a number.
  public var int: Int? { number?.int }

  public var double: Double? { number?.double }

  public var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  public var array: [JSON]? {
    if case .array(let value) = self { value } else { nil }
  }

  public var object: JSONObject? {
    if case .object(let value) = self { value } else { nil }
  }
}
