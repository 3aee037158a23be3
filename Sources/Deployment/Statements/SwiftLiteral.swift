/// A string literal of a source, and what is around it.
struct SwiftLiteral: Equatable {
  enum Part: Equatable {
    case text(String)
    /// The expression in `\(…)`.
    case hole(String)
  }

  let parts: [Part]
  let line: Int
  /// The types that it stands in, the outermost first.
  let scope: [String]
  /// What it is referred to by.
  let declaration: Declaration?

  /// A constant of type `SQL`, or a function that gives it back.
  struct Declaration: Equatable {
    /// `columns`, or `condition()`.
    let name: String
    /// Where in the source it begins.
    let start: Int
  }
}

/// The string literals of a source, in order.
func sqlLiterals(in bytes: [UInt8]) -> [SwiftLiteral] {
  var scanner = SwiftScanner(SwiftText(bytes))
  return scanner.literals()
}

/// Walks over a source and notes its literals, knowing which type each stands in and what is declared with it.
private struct SwiftScanner {
  private let source: SwiftText
  private var offset = 0
  private var line = 1
  private var braces: [SwiftBrace] = []
  /// Where the function begins that gives back SQL.
  private var start = 0
  private var words = RecentWords()

  init(_ source: SwiftText) { self.source = source }

  mutating func literals() -> [SwiftLiteral] {
    var found: [SwiftLiteral] = []
    while offset < source.count {
      if let end = source.endOfComment(at: offset) {
        advance(to: end)
      } else if let span = source.literal(at: offset) {
        found.append(
          SwiftLiteral(
            parts: source.parts(of: span), line: line, scope: braces.compactMap(\.type), declaration: declaration))
        words.add("\"")
        advance(to: span.end)
      } else {
        step()
      }
    }
    return found
  }

  private var declaration: SwiftLiteral.Declaration? {
    if let name = words.constant { return SwiftLiteral.Declaration(name: name, start: offset) }
    let index = braces.lastIndex { $0.function != nil }
    guard let index, let name = braces[index].function, words.isBeforeResult,
      braces[index...].allSatisfy({ $0.depth == 0 })
    else { return nil }
    return SwiftLiteral.Declaration(name: "\(name)()", start: start)
  }

  private mutating func step() {
    let end = source.endOfWord(at: offset)
    if end > offset {
      words.add(source.string(offset..<end))
      return advance(to: end)
    }
    if !source[offset].isSpace { sign(UnicodeScalar(source[offset])) }
    advance(to: offset + 1)
  }

  private mutating func sign(_ sign: UnicodeScalar) {
    switch sign {
    case "{":
      braces.append(words.open())
      if braces.last?.function != nil { start = offset }
    case "}": _ = braces.popLast()
    case "(", ")":
      if !braces.isEmpty { braces[braces.count - 1].depth += sign == "(" ? 1 : -1 }
    default: break
    }
    words.add(String(Character(sign)))
  }

  private mutating func advance(to end: Int) {
    line += source.lines(in: offset..<end)
    offset = end
  }
}
