extension JSONNumber {
  /// What becomes of a number when a whole one of some type is wanted.
  enum Whole<Integer> {
    case value(Integer)
    case fraction
    case outOfRange
  }

  /// Exact for every width and notation: nothing passes through a double.
  func whole<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Whole<Integer> {
    if let value = Integer(text) { return .value(value) }
    var (digits, shift) = decimal()
    while let last = digits.last, last == 0 {
      digits.removeLast()
      shift += 1
    }
    guard !digits.isEmpty else { return .value(0) }
    guard shift >= 0 else { return .fraction }
    return Self.scaled(digits, shift: shift, negative: text.utf8.first == UInt8(ascii: "-"))
  }

  /// The significant digits and the power of ten they are to be multiplied by.
  private func decimal() -> (digits: [UInt8], shift: Int) {
    let parts = text.utf8.split(whereSeparator: { $0 | 0x20 == UInt8(ascii: "e") })
    let mantissa = parts[0].split(separator: UInt8(ascii: "."))
    let digits = mantissa.joined().filter { $0 != UInt8(ascii: "-") }.map { $0 - UInt8(ascii: "0") }
    let exponent = parts.count > 1 ? Self.exponent(String(Substring(parts[1]))) : 0
    return (Array(digits.drop { $0 == 0 }), exponent - (mantissa.count > 1 ? mantissa[1].count : 0))
  }

  /// An exponent too long for an integer is far out of range either way; the bound keeps later sums from overflowing.
  private static func exponent(_ text: String) -> Int {
    let bound = Int(Int32.max)
    return min(max(Int(text) ?? (text.hasPrefix("-") ? -bound : bound), -bound), bound)
  }

  /// Accumulates below zero for negative numbers, since the lowest value has no positive twin.
  private static func scaled<Integer: FixedWidthInteger>(
    _ digits: [UInt8], shift: Int, negative: Bool
  ) -> Whole<Integer> {
    guard digits.count + shift <= 40, Integer.isSigned || !negative else { return .outOfRange }
    var value: Integer = 0
    for place in 0..<(digits.count + shift) {
      let digit = Integer(place < digits.count ? digits[place] : 0)
      let (tens, spilled) = value.multipliedReportingOverflow(by: 10)
      let (sum, carried) = negative ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
      if spilled || carried { return .outOfRange }
      value = sum
    }
    return .value(value)
  }
}
