/// A phone number as carriers want it: `+62…`, however it was written.
enum PhoneNumber {
  /// - Returns: nil for what is no number.
  static func normal(_ text: String?) -> String? {
    guard let text else { return nil }
    var digits = text.filter { $0.isASCII && $0.isNumber }
    let isInternational = text.drop { $0 == " " }.first == "+"
    if !isInternational {
      if digits.hasPrefix("0") {
        digits = "62" + digits.dropFirst()
      } else if digits.hasPrefix("8") {
        digits = "62" + digits
      }
    }
    return (8...15).contains(digits.count) ? "+" + digits : nil
  }
}
