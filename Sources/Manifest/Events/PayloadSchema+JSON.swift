public import FunctionKit

extension PayloadSchema {
  /// The schema as any JSON Schema tool reads it.
  public var json: JSON {
    let type = JSON.string(shape.typeName.rawValue)
    let types: JSON = allowsNull ? .array([type, .string(TypeName.null.rawValue)]) : type
    return .object(JSONObject([("type", types)] + keywords))
  }

  private var keywords: [(String, JSON)] {
    switch shape {
    case .object(let properties): objectKeywords(properties)
    case .array(let items): [("items", items.json)]
    case .string(.format(let format)): [("format", .string(format.rawValue))]
    case .string(.choice(let choices)): [("enum", .array(choices.map(JSON.string)))]
    case .integer(let minimum?): [("minimum", .number(JSONNumber(minimum)))]
    case .string(.any), .integer(nil), .number, .boolean: []
    }
  }

  private func objectKeywords(_ properties: [Property]) -> [(String, JSON)] {
    guard !properties.isEmpty else { return [] }
    let required = properties.filter(\.isRequired).map { JSON.string($0.name) }
    return (required.isEmpty ? [] : [("required", .array(required))])
      + [("properties", .object(JSONObject(properties.map { ($0.name, $0.schema.json) })))]
  }
}
