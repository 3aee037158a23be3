internal import FunctionKit

extension Value {
  /// The value as JSON, by YAML's own rules: `5` and `true` are no strings unless they are quoted.
  func json(_ mistakes: Mistakes) -> JSON {
    switch content {
    case .text(let text): isQuoted ? .string(text) : Value.plain(text)
    case .list(let items): .array(items.map { $0.json(mistakes) })
    case .map(let entries): .object(Value.object(entries, mistakes))
    }
  }

  private static func plain(_ text: String) -> JSON {
    switch text {
    case "", "~", "null": .null
    case "true": .bool(true)
    case "false": .bool(false)
    default: JSONNumber(text).map(JSON.number) ?? .string(text)
    }
  }

  private static func object(_ entries: [Entry], _ mistakes: Mistakes) -> JSONObject {
    var object = JSONObject()
    for entry in entries {
      if object[entry.key] != nil {
        mistakes.add("'\(entry.key)' is listed twice; keep one of the two", at: entry.position)
      }
      object[entry.key] = entry.value.json(mistakes)
    }
    return object
  }

  /// The place of the value that a path leads to, or of the last one on the way that is there.
  func position(of path: JSONPath) -> Position {
    var value = self
    for step in path.steps {
      let next =
        switch step {
        case .member(let name): value.map?.first { $0.key == name }?.value
        case .item(let index): value.list.flatMap { $0.indices.contains(index) ? $0[index] : nil }
        }
      guard let next else { break }
      value = next
    }
    return value.position
  }
}
