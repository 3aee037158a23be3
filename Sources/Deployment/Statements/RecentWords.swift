/// The last words of a source: enough to know what a brace or a literal belongs to.
struct RecentWords {
  private var words: [String] = []
  /// The type whose declaration has begun.
  private var type: String?

  /// Whether the name of the type may go on, as in `extension Outer.Inner`.
  private var isNaming = false

  mutating func add(_ word: String) {
    if isNaming, word == "." || words.last == "." {
      type? += word
    } else {
      isNaming = words.last.map(RecentWords.keywords.contains) == true && isName(word)
      if isNaming { type = word }
    }
    words.append(word)
    if words.count > 6 { words.removeFirst() }
  }

  /// The type that an opening brace begins.
  mutating func takeType() -> String? {
    defer { type = nil }
    return type
  }

  /// The name of the constant that a literal is the value of: `static let name: SQL =`, or `static var name: SQL {`.
  var constant: String? {
    guard words.count == 6, words[0] == "static", words[3] == ":", words[4] == "SQL" else { return nil }
    return [["let", "="], ["var", "="], ["var", "{"]].contains([words[1], words[5]]) ? words[2] : nil
  }

  private static let keywords: Set = ["struct", "enum", "class", "actor", "extension", "protocol"]

  private func isName(_ word: String) -> Bool {
    word.utf8.first.map(isWordByte) == true && !["func", "var", "let", "subscript", "init"].contains(word)
  }
}
