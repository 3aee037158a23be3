/// A type whose schema is made of that of others.
protocol SchemaComposed {
  static func schema(by describer: SchemaDescriber) -> JSON
}

extension Optional: SchemaComposed {
  static func schema(by describer: SchemaDescriber) -> JSON { describer.schema(of: Wrapped.self).orNull }
}

extension Array: SchemaComposed {
  static func schema(by describer: SchemaDescriber) -> JSON {
    ["type": "array", "items": describer.schema(of: Element.self)]
  }
}

extension Set: SchemaComposed {
  static func schema(by describer: SchemaDescriber) -> JSON { [Element].schema(by: describer) }
}

/// Dictionaries with other keys are written as lists, which nobody would guess from the outside.
extension Dictionary: SchemaComposed where Key == String {
  static func schema(by describer: SchemaDescriber) -> JSON {
    ["type": "object", "additionalProperties": describer.schema(of: Value.self)]
  }
}

extension FixedWidthInteger where Self: SchemaComposed {
  /// What is read has bounds that the decoder enforces; what is written is within them anyway.
  static func schema(by describer: SchemaDescriber) -> JSON {
    var schema: JSONObject = ["type": "integer", "format": .string("\(isSigned ? "" : "u")int\(bitWidth)")]
    if describer.direction == .input {
      schema["minimum"] = .number(JSONNumber(min))
      schema["maximum"] = .number(JSONNumber(max))
    }
    return .object(schema)
  }
}

extension Int: SchemaComposed {}
extension Int8: SchemaComposed {}
extension Int16: SchemaComposed {}
extension Int32: SchemaComposed {}
extension Int64: SchemaComposed {}
extension Int128: SchemaComposed {}
extension UInt: SchemaComposed {}
extension UInt8: SchemaComposed {}
extension UInt16: SchemaComposed {}
extension UInt32: SchemaComposed {}
extension UInt64: SchemaComposed {}
extension UInt128: SchemaComposed {}

extension JSON {
  /// The schema of what may be `null` as well.
  public var orNull: JSON {
    guard let schema = object, !schema.isEmpty, schema["anyOf"] == nil else { return self }
    if schema.count == 1, let type = schema["type"], type.string != nil { return ["type": [type, "null"]] }
    return ["anyOf": [self, ["type": "null"]]]
  }
}
