/// Text as it may stand in a query.
func percentEncoded(_ text: String) -> String {
  text.utf8.map { byte in
    let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
    let digits = String(byte, radix: 16, uppercase: true)
    return isPlain ? String(UnicodeScalar(byte)) : "%" + (digits.count == 1 ? "0" : "") + digits
  }.joined()
}

/// The text that was encoded; what is no escape stays as it is.
func percentDecoded(_ text: Substring) -> String {
  var (plain, rest) = ([UInt8](), Array(text.utf8)[...])
  while let byte = rest.popFirst() {
    if byte == UInt8(ascii: "%"), rest.first != UInt8(ascii: "+"),
      let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
    {
      plain.append(code)
      rest = rest.dropFirst(2)
    } else {
      plain.append(byte)
    }
  }
  return String(decoding: plain, as: UTF8.self)
}
