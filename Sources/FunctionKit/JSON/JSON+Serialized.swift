extension JSON {
  /// The document as compact UTF-8 text, members in order and numbers as they were written.
  public func serialized() -> [UInt8] {
    var json = JSONBytes()
    write(json: &json)
    return json.bytes
  }
}

extension JSON: JSONFragment {
  public func write(json: inout JSONBytes) {
    switch self {
    case .null: json.null()
    case .bool(let value): json.bool(value)
    case .number(let value): json.number(value)
    case .string(let value): json.string(value)
    case .array(let items): Self.write(items, to: &json)
    case .object(let object): Self.write(object, to: &json)
    }
  }

  private static func write(_ items: [JSON], to json: inout JSONBytes) {
    json.raw("[")
    for (index, item) in items.enumerated() {
      if index > 0 { json.raw(",") }
      item.write(json: &json)
    }
    json.raw("]")
  }

  private static func write(_ object: JSONObject, to json: inout JSONBytes) {
    json.raw("{")
    for (index, member) in object.members.enumerated() {
      if index > 0 { json.raw(",") }
      json.string(member.name)
      json.raw(":")
      member.value.write(json: &json)
    }
    json.raw("}")
  }
}

extension JSONObject: JSONFragment {
  public func write(json: inout JSONBytes) { JSON.object(self).write(json: &json) }
}

extension JSONNumber: JSONFragment {
  public func write(json: inout JSONBytes) { json.number(self) }
}
