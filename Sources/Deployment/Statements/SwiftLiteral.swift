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
  /// The name that it can be referred to by, where it is a constant of type `SQL`.
  let name: String?
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
  /// For each open brace the type that it belongs to.
  private var braces: [String?] = []
  private var words = RecentWords()

  init(_ source: SwiftText) { self.source = source }

  mutating func literals() -> [SwiftLiteral] {
    var found: [SwiftLiteral] = []
    while offset < source.count {
      if let end = source.endOfComment(at: offset) {
        advance(to: end)
      } else if let span = source.literal(at: offset) {
        found.append(
          SwiftLiteral(parts: source.parts(of: span), line: line, scope: braces.compactMap { $0 }, name: words.constant)
        )
        words.add("\"")
        advance(to: span.end)
      } else {
        step()
      }
    }
    return found
  }

  private mutating func step() {
    let end = source.endOfWord(at: offset)
    if end > offset {
      words.add(source.string(offset..<end))
      return advance(to: end)
    }
    switch source[offset] {
    case UInt8(ascii: "{"):
      braces.append(words.takeType())
      words.add("{")
    case UInt8(ascii: "}"): _ = braces.popLast()
    case let byte where !byte.isSpace: words.add(String(UnicodeScalar(byte)))
    default: break
    }
    advance(to: offset + 1)
  }

  private mutating func advance(to end: Int) {
    line += source.lines(in: offset..<end)
    offset = end
  }
}
