extension JSONBytes {
  /// Quoted text; only quotes, backslashes and control characters are escaped, everything else is copied.
  public mutating func string(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    if Self.isPlain(value.utf8.span) {
      bytes.append(contentsOf: value.utf8)
    } else {
      for byte in value.utf8 { escaped(byte) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Nearly all text is plain, and plain text is copied in one go.
  private static func isPlain(_ text: Span<UInt8>) -> Bool {
    for index in text.indices {
      let byte = text[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return false }
    }
    return true
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
}
