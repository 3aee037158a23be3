extension Instant: LosslessStringConvertible {
  /// RFC 3339 in UTC with milliseconds: `2026-01-31T09:30:00.000Z`.
  public var description: String { text(fractionDigits: 3, separator: "T", suffix: "Z") }

  /// PostgreSQL's form, with all microseconds.
  var microsecondText: String { text(fractionDigits: 6, separator: " ", suffix: "+00") }

  /// Reads RFC 3339 and PostgreSQL's own output: any number of fraction digits, an offset is required.
  public init?(_ text: String) { self.init(utf8: Array(text.utf8)[...]) }

  /// The same from bytes.
  init?(utf8 text: ArraySlice<UInt8>) {
    var reader = DigitReader(text)
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
      let day = reader.number(2), reader.skip("T") || reader.skip(" ") || reader.skip("t"),
      let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2), reader.skip(":"),
      let second = reader.number(2)
    else { return nil }
    var civil = CivilTime(year: year, month: month, day: day)
    (civil.hour, civil.minute, civil.second) = (hour, minute, second)
    if reader.skip(".") {
      guard let fraction = reader.fraction() else { return nil }
      civil.microsecond = fraction
    }
    guard civil.isValid, let offset = reader.offset(), reader.isAtEnd else { return nil }
    self = civil.instant(offset: Int64(offset))
  }

  private func text(fractionDigits: Int, separator: Unicode.Scalar, suffix: StaticString) -> String {
    InstantText(self, fractionDigits: fractionDigits, separator: separator, suffix: suffix).string
  }
}

/// A time as bytes: it stands in every log line and in most answers, so it must cost little.
struct InstantText {
  /// As many as the furthest year, all microseconds and an offset need.
  private var bytes = InlineArray<32, UInt8>(repeating: 0)
  private var count = 0

  /// - Parameter fractionDigits: 3 or 6.
  init(_ instant: Instant, fractionDigits: Int, separator: Unicode.Scalar, suffix: StaticString) {
    let civil = CivilTime(instant)
    let year = Int(civil.year.magnitude)
    number(year, year < 10_000 ? 4 : year < 100_000 ? 5 : 6)
    number(civil.month, 2, after: "-")
    number(civil.day, 2, after: "-")
    number(civil.hour, 2, after: separator)
    number(civil.minute, 2, after: ":")
    number(civil.second, 2, after: ":")
    number(fractionDigits == 3 ? civil.microsecond / 1000 : civil.microsecond, fractionDigits, after: ".")
    for byte in suffix.description.utf8 { append(byte) }
  }

  private mutating func append(_ byte: UInt8) {
    bytes[count] = byte
    count += 1
  }

  /// So many digits, with zeros in front.
  private mutating func number(_ value: Int, _ width: Int, after separator: Unicode.Scalar? = nil) {
    if let separator { append(UInt8(ascii: separator)) }
    var rest = value
    for place in (count..<count + width).reversed() {
      bytes[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += width
  }

  func append(to text: inout [UInt8]) {
    unsafe bytes.span.extracting(0..<count).withUnsafeBufferPointer { unsafe text.append(contentsOf: $0) }
  }

  var string: String {
    unsafe String(unsafeUninitializedCapacity: count) { buffer in
      for place in 0..<count { unsafe buffer[place] = bytes[place] }
      return count
    }
  }
}

private struct DigitReader {
  private let bytes: ArraySlice<UInt8>
  private var place: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  var isAtEnd: Bool { place == bytes.endIndex }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard !isAtEnd, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  mutating func digit() -> Int? {
    guard !isAtEnd, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) else { return nil }
    defer { place += 1 }
    return Int(bytes[place] - UInt8(ascii: "0"))
  }

  mutating func number(_ width: Int) -> Int? {
    var value = 0
    for _ in 0..<width {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// Digits after the point, as microseconds.
  mutating func fraction() -> Int? {
    var (value, scale) = (0, 100_000)
    guard let first = digit() else { return nil }
    value = first * scale
    while let digit = digit() {
      scale /= 10
      value += digit * scale
    }
    return value
  }

  /// `Z`, `+07`, `+07:00` or `-0330`, as seconds.
  mutating func offset() -> Int? {
    if skip("Z") || skip("z") { return 0 }
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0, let hours = number(2), hours < 24 else { return nil }
    _ = skip(":")
    let minutes = isAtEnd ? 0 : number(2)
    guard let minutes, minutes < 60 else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}
