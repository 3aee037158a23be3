/// A phone number of Indonesia as E.164 has it, `+6281234567890`, however it was spelled.
struct Phone: Sendable, Hashable {
  let text: String

  /// Nil for what is no number of Indonesia.
  init?(_ spelled: String) {
    let digits = spelled.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard let national = Phone.national(digits[...]), Phone.isNational(national) else { return nil }
    text = "+62" + String(decoding: national, as: UTF8.self)
  }

  /// The digits after the country's code.
  private static func national(_ digits: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    if digits.first == UInt8(ascii: "0") { return digits.dropFirst() }
    if digits.starts(with: "62".utf8) { return digits.dropFirst(2) }
    return digits.first == UInt8(ascii: "8") ? digits : nil
  }

  private static func isNational(_ digits: ArraySlice<UInt8>) -> Bool {
    guard let first = digits.first, (8...12).contains(digits.count) else { return false }
    return (UInt8(ascii: "2")...UInt8(ascii: "9")).contains(first)
  }
}
