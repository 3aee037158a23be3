/// The last words of a source: enough to know what a brace or a literal belongs to.
struct RecentWords {
  private var words: [String] = []
  /// The type whose declaration has begun.
  private var type: String?

  /// The function whose declaration has begun.
  private var function: String?

  /// Whether the name of the type may go on, as in `extension Outer.Inner`.
  private var isNaming = false

  mutating func add(_ word: String) {
    if isNaming, word == "." || words.last == "." {
      type? += word
    } else {
      isNaming = words.last.map(RecentWords.keywords.contains) == true && isName(word)
      if isNaming { type = word }
    }
    if words.last == "func" { function = word }
    words.append(word)
    if words.count > 6 { words.removeFirst() }
  }

  /// What an opening brace belongs to.
  mutating func open() -> SwiftBrace {
    let isSQL = words.suffix(3) == ["-", ">", "SQL"]
    defer { (type, function) = (nil, nil) }
    return SwiftBrace(type: type, function: isSQL ? function : nil)
  }

  /// The name of the constant that a literal is the value of: `static let name: SQL =`, or `static var name: SQL {`.
  var constant: String? {
    guard words.count == 6, words[0] == "static", words[3] == ":", words[4] == "SQL" else { return nil }
    return [["let", "="], ["var", "="], ["var", "{"]].contains([words[1], words[5]]) ? words[2] : nil
  }

  /// Whether a literal here may be what a function gives back: behind `return`, alone, or in a branch.
  var isBeforeResult: Bool { words.last.map { ["return", "{", ":", "?"].contains($0) } == true }

  private static let keywords: Set = ["struct", "enum", "class", "actor", "extension", "protocol"]

  private func isName(_ word: String) -> Bool {
    word.utf8.first.map(isWordByte) == true && !["func", "var", "let", "subscript", "init"].contains(word)
  }
}

/// An open brace, and what it belongs to.
struct SwiftBrace {
  let type: String?
  /// The function that gives back SQL.
  let function: String?
  /// The brackets that are open in it.
  var depth = 0
}
