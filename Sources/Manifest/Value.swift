/// A YAML value with its place: all that the rest of this library knows of YAML.
struct Value {
  let position: Position
  let content: Content
  /// Whether it is text by its quotes, whatever it looks like.
  var isQuoted = false

  enum Content {
    case text(String)
    case list([Value])
    case map([Entry])
  }

  struct Entry {
    let key: String
    let position: Position
    let value: Value
  }

  var text: String? { if case .text(let text) = content { text } else { nil } }
  var list: [Value]? { if case .list(let list) = content { list } else { nil } }
  var map: [Entry]? { if case .map(let map) = content { map } else { nil } }

  /// `key:` with nothing after it.
  var isMissing: Bool { text?.isEmpty ?? false }
}
