internal import Postgres

/// Which columns of which table a statement fills.
struct Insertion: Equatable {
  /// Without its schema.
  let table: String
  /// Nil where the statement does not name them.
  let columns: [String]?

  /// Whether it may leave a column of a table empty.
  func leavesOut(_ column: String, of table: String) -> Bool {
    self.table == table && columns?.contains(column) != true
  }
}

/// What a statement inserts, in common table expressions too.
func insertions(in sql: String) -> [Insertion] {
  let words = sqlWords(sql)
  return words.indices.compactMap { index in
    switch words[index...].prefix(2) {
    case ["insert", "into"]: insertion(words[(index + 2)...], columnsAfter: nil)
    case ["merge", "into"]: insertion(words[(index + 2)...], columnsAfter: "insert")
    default: nil
    }
  }
}

/// - Parameter keyword: the word that the list of columns follows, where it does not follow the table.
private func insertion(_ words: ArraySlice<String>, columnsAfter keyword: String?) -> Insertion? {
  var rest = words
  guard var table = rest.popFirst() else { return nil }
  while rest.first == ".", rest.count > 1 {
    table = rest[rest.startIndex + 1]
    rest = rest.dropFirst(2)
  }
  if let keyword {
    guard let start = rest.firstIndex(of: keyword) else { return nil }
    rest = rest[(start + 1)...]
  } else if rest.first == "as" {
    rest = rest.dropFirst(2)
  }
  return Insertion(table: table, columns: listed(rest))
}

/// The names in brackets; nil where there are none.
private func listed(_ words: ArraySlice<String>) -> [String]? {
  guard words.first == "(" else { return nil }
  let names = words.dropFirst().prefix { $0 != ")" }.filter { $0 != "," }
  return names.first == "select" || names.first == "values" ? nil : Array(names)
}

/// The words of a statement, in lower case, quoted names as they are, and each other sign by itself.
private func sqlWords(_ sql: String) -> [String] {
  let bytes = Array(sql.utf8)
  var scanner = SQLScanner(bytes)
  var (words, start, isInWord) = ([String](), 0, false)
  while let kind = scanner.next() {
    let piece = String(decoding: bytes[start..<scanner.offset], as: UTF8.self)
    let isWord = kind == .code && piece.utf8.allSatisfy { isNameByte($0) }
    switch kind {
    case .quoted where piece.hasPrefix("\""): words.append(String(piece.dropFirst().dropLast()))
    case .code where isWord && isInWord: words[words.count - 1] += piece.lowercased()
    case .code, .semicolon, .quoted: words.append(piece.lowercased())
    case .space, .comment: break
    }
    (start, isInWord) = (scanner.offset, isWord)
  }
  return words
}

private func isNameByte(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "_") || byte >= 128 || (48...57).contains(byte) || (97...122).contains(byte | 0x20)
}
