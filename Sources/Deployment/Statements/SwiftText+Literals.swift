/// Where a string literal is: `"…"`, `"""…"""`, and either between any number of `#`.
struct LiteralSpan {
  let hashes: Int
  /// The white space that a literal of several lines has before each of them.
  let indentation: Int
  let content: Range<Int>
  let end: Int
}

extension SwiftText {
  /// Nil where no literal begins, and for one that does not end.
  func literal(at offset: Int) -> LiteralSpan? {
    guard self[offset] == UInt8(ascii: "\"") || self[offset] == UInt8(ascii: "#") else { return nil }
    let hashes = hashCount(at: offset)
    let quote = offset + hashes
    guard self[quote] == UInt8(ascii: "\"") else { return nil }
    let isBlock = hasThreeQuotes(at: quote) && (hashes == 0 || self[quote + 3] == UInt8(ascii: "\n"))
    let start = quote + (isBlock ? 3 : 1)
    guard let close = closingQuote(from: start, hashes, isBlock) else { return nil }
    let end = close + (isBlock ? 3 : 1) + hashes
    return isBlock
      ? block(start, close, hashes, end) : LiteralSpan(hashes: hashes, indentation: 0, content: start..<close, end: end)
  }

  /// The lines between the quotes, without the breaks next to them.
  private func block(_ start: Int, _ close: Int, _ hashes: Int, _ end: Int) -> LiteralSpan {
    let first = (self[start..<close].firstIndex(of: UInt8(ascii: "\n")) ?? start) + 1
    let last = self[start..<close].lastIndex(of: UInt8(ascii: "\n")) ?? close
    let content = first <= last ? first..<last : close..<close
    return LiteralSpan(hashes: hashes, indentation: max(0, close - last - 1), content: content, end: end)
  }

  private func closingQuote(from start: Int, _ hashes: Int, _ isBlock: Bool) -> Int? {
    var index = start
    while index < count {
      if let escape = escape(at: index, hashes) {
        index = self[escape] == UInt8(ascii: "(") ? endOfBrackets(at: escape) : escape + 1
      } else if isBlock ? hasThreeQuotes(at: index) : self[index] == UInt8(ascii: "\""),
        hashCount(at: index + (isBlock ? 3 : 1)) >= hashes
      {
        return index
      } else if self[index] == UInt8(ascii: "\n"), !isBlock {
        return nil
      } else {
        index += 1
      }
    }
    return nil
  }

  /// The place behind `\`, or behind `\#` in a literal with that many signs; nil where no escape begins.
  func escape(at offset: Int, _ hashes: Int) -> Int? {
    guard self[offset] == UInt8(ascii: "\\"), hashCount(at: offset + 1) >= hashes else { return nil }
    return offset + 1 + hashes
  }

  private func hasThreeQuotes(at offset: Int) -> Bool {
    has("\"", "\"", at: offset) && self[offset + 2] == UInt8(ascii: "\"")
  }

  private func hashCount(at offset: Int) -> Int {
    var count = 0
    while self[offset + count] == UInt8(ascii: "#") { count += 1 }
    return count
  }
}
