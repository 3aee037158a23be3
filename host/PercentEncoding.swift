/// Text as it may stand in a query.
func percentEncoded(_ text: String) -> String {
  text.utf8.map { byte in
    let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
    let digits = String(byte, radix: 16, uppercase: true)
    return isPlain ? String(UnicodeScalar(byte)) : "%" + (digits.count == 1 ? "0" : "") + digits
  }.joined()
}
