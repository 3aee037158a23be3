public import FunctionKit

extension PayloadSchema {
  /// Every place where the data is not as this says; empty for data that is right.
  public func violations(in data: JSON) -> [SchemaViolation] { violations(in: data, at: JSONPath()) }

  private func violations(in value: JSON, at path: JSONPath) -> [SchemaViolation] {
    if value.isNull, allowsNull { return [] }
    return switch (shape, value) {
    case (.object(let properties), .object(let object)): properties.flatMap { $0.violations(in: object, at: path) }
    case (.array(let items), .array(let values)):
      values.enumerated().flatMap { items.violations(in: $1, at: path.appending(.item($0))) }
    case (.string(let text), .string(let value)): broken(text.rule(refusing: value), at: path)
    case (.integer(let minimum), .number(let number)) where number.int != nil:
      broken(minimum.flatMap { (number.int ?? 0) < $0 ? "must be \($0) or more" : nil }, at: path)
    case (.number, .number), (.boolean, .bool): []
    default: broken("must be \(shape.typeName.withArticle), not \(value.withArticle)", at: path)
    }
  }

  private func broken(_ rule: String?, at path: JSONPath) -> [SchemaViolation] {
    rule.map { [SchemaViolation(path: path, rule: $0)] } ?? []
  }
}

extension PayloadSchema.Property {
  fileprivate func violations(in object: JSONObject, at path: JSONPath) -> [SchemaViolation] {
    let path = path.appending(.member(name))
    guard let value = object[name] else { return isRequired ? [SchemaViolation(path: path, rule: "is missing")] : [] }
    return schema.violations(in: value, at: path)
  }
}

extension PayloadSchema.Text {
  fileprivate func rule(refusing text: String) -> String? {
    switch self {
    case .any: nil
    case .choice(let choices): choices.contains(text) ? nil : "must be \(listed(choices))"
    case .format(.uuid): ID(text) == nil ? "must be a UUID" : nil
    case .format(.date): Instant("\(text)T00:00:00Z") == nil ? "must be a date such as 2026-01-31" : nil
    case .format(.dateTime):
      Instant(text) == nil || !text.contains("T") ? "must be a time such as 2026-01-31T09:30:00.000Z" : nil
    }
  }
}

extension PayloadSchema.TypeName {
  fileprivate var withArticle: String {
    switch self {
    case .object, .array: "an \(rawValue)"
    case .integer: "a whole number"
    case .string, .number, .boolean: "a \(rawValue)"
    case .null: rawValue
    }
  }
}

extension JSON {
  fileprivate var withArticle: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number(let number): number.int == nil ? "a number" : "a whole number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
