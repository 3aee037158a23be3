/// The pieces of SQL of a bundle that its statements share, by the names that they are declared with.
struct SQLFragments {
  /// Nil for a name that is declared twice, so that nobody can tell here which one is meant.
  private var literals: [String: SwiftLiteral?] = [:]

  init(_ all: [SwiftLiteral]) {
    for literal in all {
      guard let name = literal.name else { continue }
      let path = (literal.scope + [name]).joined(separator: ".")
      literals[path] = literals[path] == nil ? .some(literal) : .some(nil)
    }
  }

  /// The statement as the database gets it: shared pieces in place, and every other hole a parameter.
  func text(of literal: SwiftLiteral) -> String {
    var holes = 0
    return text(of: literal, &holes, depth: 0)
  }

  private func text(of literal: SwiftLiteral, _ holes: inout Int, depth: Int) -> String {
    var text = ""
    for part in literal.parts {
      switch part {
      case .text(let piece): text += piece
      case .hole(let expression):
        if depth < 10, let fragment = fragment(expression, in: literal.scope) {
          text += self.text(of: fragment, &holes, depth: depth + 1)
        } else {
          holes += 1
          text += "$\(holes)"
        }
      }
    }
    return text
  }

  /// What a name such as `columns`, `Self.columns` or `Row.columns` refers to within a type: the innermost that fits.
  private func fragment(_ expression: String, in scope: [String]) -> SwiftLiteral? {
    guard expression.utf8.allSatisfy({ isWordByte($0) || $0 == UInt8(ascii: ".") }) else { return nil }
    let isOwn = expression.hasPrefix("Self.")
    let path = isOwn ? String(expression.dropFirst(5)) : expression
    for length in (isOwn ? scope.count...scope.count : 0...scope.count).reversed() {
      let key = (scope.prefix(length) + [path]).joined(separator: ".")
      if let literal = literals[key] { return literal }
    }
    return nil
  }
}
