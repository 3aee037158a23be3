extension JSONParser {
  /// One escape, the cursor on its backslash.
  mutating func escape(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> Unicode.Scalar {
    let start = at
    at += 2
    switch at <= bytes.count ? bytes[at - 1] : 0 {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try scalar(from: start, bytes)
    default: throw JSONSyntaxError("unknown escape in text", at: start, in: bytes)
    }
  }

  /// A scalar beyond 16 bits comes as a pair of surrogates; half a pair stands for nothing and is refused.
  private mutating func scalar(from start: Int, _ bytes: Span<UInt8>) throws(JSONSyntaxError) -> Unicode.Scalar {
    let unit = try hex(start, bytes)
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xDC00, take("\\", bytes), take("u", bytes) else { throw lone(start, bytes) }
    let second = try hex(at - 2, bytes)
    guard (0xDC00..<0xE000).contains(second) else { throw lone(start, bytes) }
    return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func hex(_ start: Int, _ bytes: Span<UInt8>) throws(JSONSyntaxError) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(peek(bytes))).hexDigitValue else {
        throw JSONSyntaxError("expected four hexadecimal digits after \\u", at: start, in: bytes)
      }
      unit = unit << 4 | UInt32(digit)
      at += 1
    }
    return unit
  }

  private func lone(_ start: Int, _ bytes: Span<UInt8>) -> JSONSyntaxError {
    JSONSyntaxError("half of a surrogate pair stands alone", at: start, in: bytes)
  }
}
