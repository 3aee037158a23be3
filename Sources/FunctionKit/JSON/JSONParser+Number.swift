extension JSONParser {
  mutating func number(_ bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSON {
    let start = at
    _ = take("-", bytes)
    try integerPart(bytes)
    if take(".", bytes) { try digits("after the decimal point", bytes) }
    if take("e", bytes) || take("E", bytes) {
      if !take("+", bytes) { _ = take("-", bytes) }
      try digits("in the exponent", bytes)
    }
    return .number(JSONNumber(verified: try utf8(start..<at, bytes)))
  }

  private mutating func integerPart(_ bytes: Span<UInt8>) throws(JSONSyntaxError) {
    guard take("0", bytes) else { return try digits("in a number", bytes) }
    if isDigit(bytes) { throw JSONSyntaxError("a number cannot start with 0", at: at - 1, in: bytes) }
  }

  private mutating func digits(_ place: String, _ bytes: Span<UInt8>) throws(JSONSyntaxError) {
    guard isDigit(bytes) else { throw expected("a digit \(place)", bytes) }
    while isDigit(bytes) { at += 1 }
  }

  private func isDigit(_ bytes: Span<UInt8>) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(peek(bytes))
  }
}
