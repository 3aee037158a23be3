extension SchemaDescriber {
  /// Why what was seen proves nothing; nil when it does.
  func obstacle<T: Decodable>(_ type: T.Type, _ probe: SchemaProbe, _ sample: Result<T, any Error>) -> String? {
    if let obstacle = probe.obstacle { return obstacle }
    for question in 0..<probe.questions where !givesUp(type, at: question) {
      return "goes on after a value that it can't read"
    }
    switch sample {
    case .success(let sample): return isWritten(sample, as: probe) ? nil : "is written otherwise than it is read"
    // A scalar may well refuse all stand-ins; what it is read from is known all the same.
    case .failure: return probe.value != nil && direction == .input ? nil : "refuses what it is tried with"
    }
  }

  /// Whether the type fails with a value that it can't read, as one with a single form does.
  private func givesUp<T: Decodable>(_ type: T.Type, at question: Int) -> Bool {
    let probe = SchemaProbe(nil, refusing: question)
    do { _ = try T(from: probe) } catch { return probe.questions == question + 1 }
    return false
  }

  /// Whether a value's JSON has the form that its type reads.
  private func isWritten(_ sample: Any, as probe: SchemaProbe) -> Bool {
    guard direction == .output else { return true }
    guard let sample = sample as? any Encodable, let text = try? encodeJSON(sample), let json = try? JSON.parse(text)
    else { return false }
    if let value = probe.value { return json.fits(value) }
    guard let object = json.object, object.count == probe.fields.count else { return false }
    return probe.fields.allSatisfy { field in
      guard let member = object[field.name] else { return false }
      return field.isOptional && member.isNull || member.fits(field.schema)
    }
  }

  /// The values of an enum that is read from and written as them.
  func values<T: CaseIterable>(of type: T.Type) -> JSON? {
    let cases = Array(type.allCases)
    let values = cases.compactMap(rawValue)
    guard values.count == cases.count, let first = values.first, let kind = first.kind else { return nil }
    return ["type": .string(kind), "enum": .array(values)]
  }

  private func rawValue(_ value: Any) -> JSON? {
    guard let raw = (value as? any RawRepresentable)?.rawValue else { return nil }
    let json: JSON
    switch raw {
    case let text as String: json = .string(text)
    case let number as Int: json = .number(JSONNumber(number))
    default: return nil
    }
    return isRead(value, from: json) && isWritten(value, as: json) ? json : nil
  }

  private func isRead<T>(_ value: T, from json: JSON) -> Bool {
    guard let type = Swift.type(of: value as Any) as? any Decodable.Type, let read = try? decodeJSON(type, from: json)
    else { return false }
    return "\(read)" == "\(value)"
  }

  private func isWritten(_ value: Any, as json: JSON) -> Bool {
    guard direction == .output else { return true }
    guard let value = value as? any Encodable, let text = try? encodeJSON(value) else { return false }
    return (try? JSON.parse(text)) == json
  }
}

extension JSON {
  /// JSON Schema's word for it.
  fileprivate var kind: String? {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .number(let number): number.int == nil ? "number" : "integer"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// Whether it is of the schema's type; what lies deeper is held against the types there.
  fileprivate func fits(_ schema: JSON) -> Bool {
    guard let type = schema["type"]?.string else { return schema["$ref"] == nil || object != nil }
    return kind == type || kind == "integer" && type == "number"
  }
}
