// The commonest types are read where they stand in the row; whatever can't be is left to a decoder of its column, which also
// says what is wrong with it.
extension RowContainer {
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
    if let number = plain(key).flatMap({ wholeNumber(row.bytes.span.extracting($0)) }) { return number }
    return try column(key).decode(type)
  }

  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    if let range = plain(key) { return String(decoding: row.bytes[range], as: UTF8.self) }
    return try column(key).decode(type)
  }

  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
    try isPresent(key) ? decode(type, forKey: key) : nil
  }

  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    try isPresent(key) ? decode(type, forKey: key) : nil
  }

  /// Where the text of a column stands that is neither NULL nor JSON.
  func plain(_ key: Key) -> Range<Int>? {
    guard let index = index(key), !row.shape.columns[index].isJSON else { return nil }
    return row.range(index)
  }

  private func isPresent(_ key: Key) -> Bool { index(key).map { row.ends[$0] >= 0 } ?? false }
}
