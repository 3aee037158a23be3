extension JSONParser {
  /// Text without escapes is checked and copied in one go; only text with them is taken apart.
  mutating func text(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> String {
    at += 1
    let start = at
    let escaped = try findClosingQuote(bytes)
    let plain = try utf8(start..<at, bytes)
    guard escaped else {
      at += 1
      return plain
    }
    at = start
    return try unescaped(bytes)
  }

  /// Leaves the cursor on the closing quote and says whether there is anything to unescape before it.
  private mutating func findClosingQuote(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> Bool {
    var escaped = false
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""): return escaped
      case UInt8(ascii: "\\"):
        escaped = true
        at += 2
      case 0..<0x20: throw JSONSyntaxError("a control character in text must be escaped", at: at, in: bytes)
      default: at += 1
      }
    }
    at = bytes.count
    throw expected("a closing quote", bytes)
  }

  func utf8(_ range: Range<Int>, _ bytes: Span<UInt8>) throws(JSONSyntaxError) -> String {
    do throws(UTF8.ValidationError) {
      return String(copying: try UTF8Span(validating: bytes.extracting(range)))
    } catch {
      let offset = range.lowerBound + error.byteOffsets.lowerBound
      throw JSONSyntaxError("text is not valid UTF-8", at: offset, in: bytes)
    }
  }

  private mutating func unescaped(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> String {
    var result: [UInt8] = []
    while !take("\"", bytes) {
      if peek(bytes) == UInt8(ascii: "\\") {
        result.append(contentsOf: UTF8.encode(try escape(bytes)) ?? .init())
      } else {
        result.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
