/// The place in an input that a value is read from.
enum InputNode {
  case missing
  case json(JSON)
  /// Path or query text; several if a name was given several times.
  case texts([String])
  case request(RequestFields)
  /// Stands in for something already reported: answers everything with a plausible value and reports nothing.
  case ghost(Specimen)

  var isGhost: Bool {
    if case .ghost = self { true } else { false }
  }

  var isMissing: Bool {
    if case .missing = self { true } else { false }
  }

  /// Whether a container holds nothing here, not even `null`.
  var isAbsent: Bool { isMissing || isGhost }

  /// Whether an optional read from here is `nil`.
  var isNil: Bool {
    switch self {
    case .missing, .ghost, .json(.null): true
    case .request(let fields): fields.isEmpty
    case .json, .texts: false
    }
  }

  /// The raw document, for those who ask for `JSON` itself.
  var json: JSON {
    switch self {
    case .json(let value): value
    case .texts(let texts): texts.count == 1 ? .string(texts[0]) : .array(texts.map(JSON.string))
    case .request(let fields): fields.json
    case .missing, .ghost: .null
    }
  }
}

/// The fields of a request, each found in the first of its sources that has it.
struct RequestFields {
  let path: [(name: String, value: String)]
  let query: [(name: String, value: String)]
  let body: JSON?

  var isEmpty: Bool { path.isEmpty && query.isEmpty && body == nil }

  subscript(name: String) -> InputNode {
    if let segment = path.first(where: { $0.name == name }) { return .texts([segment.value]) }
    if let member = body?[name] { return .json(member) }
    let values = query.filter { $0.name == name }.map(\.value)
    return values.isEmpty ? .missing : .texts(values)
  }

  var names: [String] {
    var seen: Set<String> = []
    let all = path.map(\.name) + (body?.object?.members.map(\.name) ?? []) + query.map(\.name)
    return all.filter { seen.insert($0).inserted }
  }

  /// The body as it came, unless there are fields beside it to merge.
  var json: JSON {
    guard !path.isEmpty || !query.isEmpty, body == nil || body?.object != nil else { return body ?? .null }
    return .object(JSONObject(names.map { ($0, self[$0].json) }))
  }
}
