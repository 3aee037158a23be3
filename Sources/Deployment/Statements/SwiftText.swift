/// The text of a source, and what in it is a comment, a word or a string literal.
struct SwiftText {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var count: Int { bytes.count }

  /// 0 behind the end.
  subscript(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  subscript(_ range: Range<Int>) -> ArraySlice<UInt8> { bytes[range] }

  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  func lines(in range: Range<Int>) -> Int { bytes[range].count { $0 == UInt8(ascii: "\n") } }

  func endOfWord(at offset: Int) -> Int {
    bytes[offset...].firstIndex { !isWordByte($0) } ?? count
  }

  func has(_ first: Unicode.Scalar, _ second: Unicode.Scalar, at offset: Int) -> Bool {
    self[offset] == UInt8(ascii: first) && self[offset + 1] == UInt8(ascii: second)
  }

  /// Nil where no comment begins.
  func endOfComment(at offset: Int) -> Int? {
    if has("/", "/", at: offset) { return bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? count }
    guard has("/", "*", at: offset) else { return nil }
    var (index, depth) = (offset + 2, 1)
    while index < count, depth > 0 {
      let change = has("/", "*", at: index) ? 1 : has("*", "/", at: index) ? -1 : 0
      depth += change
      index += change == 0 ? 1 : 2
    }
    return min(index, count)
  }

  /// The place behind the bracket that closes the one there, whatever literals and comments are in between.
  func endOfBrackets(at offset: Int) -> Int {
    var (index, depth) = (offset, 0)
    while index < count {
      if let end = endOfComment(at: index) ?? literal(at: index)?.end {
        index = end
        continue
      }
      if self[index] == UInt8(ascii: "(") { depth += 1 }
      if self[index] == UInt8(ascii: ")") { depth -= 1 }
      index += 1
      if depth == 0 { return index }
    }
    return count
  }
}

func isWordByte(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "_") || byte >= 128 || (48...57).contains(byte) || (97...122).contains(byte | 0x20)
}

extension UInt8 {
  var isSpace: Bool { self == 32 || (9...13).contains(self) }
}
