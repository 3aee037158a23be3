/// Walks over the text of a script, knowing what is code and what is a string, a quoted name or a comment.
public struct SQLScanner {
  public enum Kind: Sendable { case code, semicolon, space, comment, quoted }

  private let bytes: [UInt8]
  public private(set) var offset = 0

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// A scanner of the same text that goes on from there.
  public func moved(to offset: Int) -> SQLScanner {
    var scanner = self
    scanner.offset = offset
    return scanner
  }

  /// Steps over the next piece and says what it was.
  public mutating func next() -> Kind? {
    guard offset < bytes.count else { return nil }
    switch bytes[offset] {
    case UInt8(ascii: ";"): return step(to: offset + 1, .semicolon)
    case 9, 10, 11, 12, 13, 32: return step(to: offset + 1, .space)
    case UInt8(ascii: "'"): return step(to: endOfQuote("'", escapes: isEscapeString), .quoted)
    case UInt8(ascii: "\""): return step(to: endOfQuote("\"", escapes: false), .quoted)
    case UInt8(ascii: "-") where byte(1) == "-": return step(to: endOfLine, .comment)
    case UInt8(ascii: "/") where byte(1) == "*": return step(to: endOfComment, .comment)
    case UInt8(ascii: "$"): return step(to: endOfDollarQuote ?? offset + 1, .quoted)
    default: return step(to: offset + 1, .code)
    }
  }

  private mutating func step(to end: Int, _ kind: Kind) -> Kind {
    offset = end
    return kind
  }

  private func byte(_ ahead: Int) -> Unicode.Scalar? {
    offset + ahead < bytes.count ? Unicode.Scalar(bytes[offset + ahead]) : nil
  }

  /// In `E'…'` a backslash escapes.
  private var isEscapeString: Bool {
    guard offset > 0, bytes[offset - 1] | 0x20 == UInt8(ascii: "e") else { return false }
    return offset == 1 || !isWord(bytes[offset - 2])
  }

  private func endOfQuote(_ quote: Unicode.Scalar, escapes: Bool) -> Int {
    var index = offset + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: quote) {
      index += escapes && bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(index + 1, bytes.count)  // a doubled quote reads as two strings side by side
  }

  private var endOfLine: Int { bytes[offset...].firstIndex(of: 10) ?? bytes.count }

  private var endOfComment: Int {
    var (index, depth) = (offset, 0)
    while index + 1 < bytes.count {
      let pair = (Unicode.Scalar(bytes[index]), Unicode.Scalar(bytes[index + 1]))
      if pair == ("/", "*") {
        depth += 1
      } else if pair == ("*", "/") {
        depth -= 1
      } else {
        index += 1
        continue
      }
      index += 2
      if depth == 0 { return index }
    }
    return bytes.count
  }

  /// The end of `$tag$ … $tag$`; nil when this is a parameter or part of a name.
  private var endOfDollarQuote: Int? {
    guard offset == 0 || !isWord(bytes[offset - 1]) else { return nil }
    guard let close = bytes[(offset + 1)...].firstIndex(where: { !isWord($0) }), bytes[close] == UInt8(ascii: "$"),
      close == offset + 1 || !(48...57).contains(bytes[offset + 1])
    else { return nil }
    let tag = bytes[offset...close]
    var index = close + 1
    while index + tag.count <= bytes.count {
      if bytes[index..<index + tag.count].elementsEqual(tag) { return index + tag.count }
      index += 1
    }
    return bytes.count
  }
}

private func isWord(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "_") || byte >= 128 || (48...57).contains(byte) || (97...122).contains(byte | 0x20)
}

/// Where each statement of a script begins.
func statementStarts(in bytes: [UInt8]) -> [Int] {
  var scanner = SQLScanner(bytes)
  var starts: [Int] = []
  var isInside = false
  var offset = 0
  while let kind = scanner.next() {
    if !isInside, kind == .code || kind == .quoted {
      starts.append(offset)
      isInside = true
    }
    if kind == .semicolon { isInside = false }
    offset = scanner.offset
  }
  return starts
}
