/// A UUID, written in lower case; new ones are version 7 and so sort by the time they were made.
public struct ID: Sendable, Hashable, Comparable {
  let high: UInt64
  let low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// A version 7 id (RFC 9562): 48 bits of milliseconds, then random bits.
  public init(at time: Instant, random: (UInt64, UInt64)) {
    let milliseconds = UInt64(bitPattern: Int64(max(0, time.microseconds / 1000)))
    high = milliseconds << 16 | 0x7000 | random.0 & 0x0FFF
    low = 0x8000_0000_0000_0000 | random.1 & 0x3FFF_FFFF_FFFF_FFFF
  }

  public static func < (a: ID, b: ID) -> Bool { (a.high, a.low) < (b.high, b.low) }

  /// The 16 bytes, most significant first.
  public var bytes: [UInt8] {
    [high, low].flatMap { half in (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - 8 * $0)) } }
  }
}

extension ID: LosslessStringConvertible {
  /// Reads the usual form with four hyphens, in either case.
  public init?(_ text: String) { self.init(utf8: text.utf8.span) }

  /// The same from bytes.
  init?(utf8 text: Span<UInt8>) {
    let dash = UInt8(ascii: "-")
    guard text.count == 36, text[8] == dash, text[13] == dash, text[18] == dash, text[23] == dash else { return nil }
    let bytes = unsafe text.bytes
    func eight(_ place: Int) -> UInt64 {
      UInt64(bigEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
    func four(_ place: Int) -> UInt64 {
      UInt64(UInt32(bigEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt32.self)))
    }
    guard let first = hexValue(eight(0)), let second = hexValue(four(9) << 32 | four(14)),
      let third = hexValue(four(19) << 32 | four(24)), let fourth = hexValue(eight(28))
    else { return nil }
    self.init(high: UInt64(first) << 32 | UInt64(second), low: UInt64(third) << 32 | UInt64(fourth))
  }

  public var description: String {
    let text = text
    return unsafe String(unsafeUninitializedCapacity: 36) { buffer in
      for place in 0..<36 { unsafe buffer[place] = text[place] }
      return 36
    }
  }

  /// The usual form as bytes.
  var text: InlineArray<36, UInt8> {
    var text = InlineArray<36, UInt8>(repeating: UInt8(ascii: "-"))
    func put(_ digits: UInt64, _ count: Int, at place: Int) {
      for index in 0..<count { text[place + index] = UInt8(truncatingIfNeeded: digits >> (56 - 8 * UInt64(index))) }
    }
    let parts = (
      hexDigits(UInt32(truncatingIfNeeded: high >> 32)), hexDigits(UInt32(truncatingIfNeeded: high)),
      hexDigits(UInt32(truncatingIfNeeded: low >> 32)), hexDigits(UInt32(truncatingIfNeeded: low))
    )
    put(parts.0, 8, at: 0)
    put(parts.1, 4, at: 9)
    put(parts.1 << 32, 4, at: 14)
    put(parts.2, 4, at: 19)
    put(parts.2 << 32, 4, at: 24)
    put(parts.3, 8, at: 28)
    return text
  }
}

/// Eight digits of a number, the first in the highest byte, all at once: each half byte is spread to a byte of its own,
/// and what is above nine moves on from the digits to the letters.
private func hexDigits(_ value: UInt32) -> UInt64 {
  var digits = UInt64(value)
  digits = (digits | (digits << 16)) & 0x0000_FFFF_0000_FFFF
  digits = (digits | (digits << 8)) & 0x00FF_00FF_00FF_00FF
  digits = (digits | (digits << 4)) & 0x0F0F_0F0F_0F0F_0F0F
  let letters = ((digits &+ 0x0606_0606_0606_0606) >> 4) & 0x0101_0101_0101_0101
  return digits &+ 0x3030_3030_3030_3030 &+ (letters &* UInt64(UInt8(ascii: "a") - UInt8(ascii: "0") - 10))
}

extension ID: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let id = try ID(container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "must be a UUID")
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// The number of eight digits, the first in the highest byte; nil when one is none. Adding to bytes below 128 sets the
/// highest bit of those that are no less than a bound.
private func hexValue(_ digits: UInt64) -> UInt32? {
  let ones: UInt64 = 0x0101_0101_0101_0101
  let top = ones &* 0x80
  func areAtLeast(_ bound: Unicode.Scalar, _ bytes: UInt64) -> UInt64 {
    bytes &+ (ones &* UInt64(0x80 - UInt8(ascii: bound)))
  }
  let lower = digits | (ones &* 0x20)
  let isDigit = areAtLeast("0", digits) & ~areAtLeast(":", digits)
  let isLetter = areAtLeast("a", lower) & ~areAtLeast("g", lower)
  guard digits & top == 0, (isDigit | isLetter) & top == top else { return nil }
  var value = (digits & (ones &* 0x0F)) &+ (((digits >> 6) & ones) &* 9)
  value = (value | value >> 4) & 0x00FF_00FF_00FF_00FF
  value = (value | value >> 8) & 0x0000_FFFF_0000_FFFF
  return UInt32(truncatingIfNeeded: value | value >> 16)
}

func hexValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}

func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }
