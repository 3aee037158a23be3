extension JSONBytes {
  /// Quoted text; only quotes, backslashes and control characters are escaped, everything else is copied.
  public mutating func string(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    let text = value.utf8.span
    if Self.isPlain(text) {
      append(text)
    } else {
      for byte in value.utf8 { escaped(byte) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func append(_ text: Span<UInt8>) {
    unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Nearly all text is plain, and plain text is copied in one go.
  private static func isPlain(_ text: Span<UInt8>) -> Bool {
    var index = 0
    while index + 8 <= text.count {
      guard isPlain(unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)) else { return false }
      index += 8
    }
    while index < text.count {
      let byte = text[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return false }
      index += 1
    }
    return true
  }

  /// The same of eight bytes at once: subtracting sets the highest bit of a byte that is less, unless it was set before.
  private static func isPlain(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
    let backslash = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
    let escaped =
      ((word &- (ones &* 0x20)) & ~word) | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
    return escaped & (ones &* 0x80) == 0
  }

  private mutating func escaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): raw("\\\"")
    case UInt8(ascii: "\\"): raw("\\\\")
    case UInt8(ascii: "\n"): raw("\\n")
    case UInt8(ascii: "\r"): raw("\\r")
    case UInt8(ascii: "\t"): raw("\\t")
    case 0..<0x20:
      raw(byte < 0x10 ? "\\u000" : "\\u001")
      bytes.append(contentsOf: String(byte & 0xF, radix: 16).utf8)
    default: bytes.append(byte)
    }
  }

  /// A value of the kit's that is written as it stands, without a text of its own.
  /// - Returns: false for every other one.
  mutating func known<T>(_ value: T) -> Bool {
    if T.self == ID.self, let id = value as? ID {
      bytes.append(UInt8(ascii: "\""))
      append(id.text.span)
      bytes.append(UInt8(ascii: "\""))
      return true
    }
    if T.self == Instant.self, let instant = value as? Instant {
      bytes.append(UInt8(ascii: "\""))
      InstantText(instant, fractionDigits: 3, separator: "T", suffix: "Z").append(to: &bytes)
      bytes.append(UInt8(ascii: "\""))
      return true
    }
    return false
  }
}
