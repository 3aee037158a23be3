internal import Yams

/// Reads YAML into values; a syntax error is one mistake, since nothing after it can be trusted.
func readYAML(_ yaml: String, _ mistakes: Mistakes) -> Value? {
  var text = yaml
  var renamed: [Position: String] = [:]
  while true {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        mistakes.add("the file is empty", at: .start)
        return nil
      }
      return value(of: node, renamed: renamed, mistakes)
    } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
      let position = Position(context.mark)
      guard let key = keys.min(), let without = hide(key, at: position, in: text, turn: renamed.count) else {
        mistakes.add("the keys \(keys.sorted()) are listed twice; keep one of each", at: position)
        return nil
      }
      text = without
      renamed[position] = key
    } catch {
      mistakes.add(error)
      return nil
    }
  }
}

private func value(of node: Node, renamed: [Position: String], _ mistakes: Mistakes) -> Value {
  let position = node.mark.map(Position.init) ?? .start
  let content: Value.Content =
    switch node {
    case .scalar(let scalar): .text(scalar.string)
    case .sequence(let sequence): .list(sequence.map { value(of: $0, renamed: renamed, mistakes) })
    case .mapping(let mapping): .map(mapping.compactMap { entry(of: $0, renamed: renamed, mistakes) })
    case .alias: .text("")
    }
  return Value(position: position, content: content, isQuoted: node.scalar.map { $0.style != .plain } ?? false)
}

private func entry(
  of pair: (key: Node, value: Node), renamed: [Position: String], _ mistakes: Mistakes
) -> Value.Entry? {
  let position = pair.key.mark.map(Position.init) ?? .start
  guard let key = pair.key.scalar else {
    mistakes.add("a key must be a word, not a list or a mapping", at: position)
    return nil
  }
  let value = value(of: pair.value, renamed: renamed, mistakes)
  return Value.Entry(key: renamed[position] ?? key.string, position: position, value: value)
}

extension Position {
  init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}

extension Mistakes {
  fileprivate func add(_ error: any Error) {
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let during = context.map { "\($0.text), " } ?? ""
      add("not valid YAML: \(during)\(problem)", at: Position(mark))
    case .reader(let problem, let offset, _, let yaml):
      add("not valid YAML: \(problem)", at: Position(offset: offset ?? 0, in: yaml))
    default:
      add("not valid YAML: \(error)", at: .start)
    }
  }
}
