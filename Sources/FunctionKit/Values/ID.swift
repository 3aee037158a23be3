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
    guard text.count == 36 else { return nil }
    var digits = 0
    var halves = (UInt64(0), UInt64(0))
    for index in 0..<36 {
      let byte = text[index]
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = hexValue(byte) else { return nil }
      if digits < 16 { halves.0 = halves.0 << 4 | UInt64(digit) } else { halves.1 = halves.1 << 4 | UInt64(digit) }
      digits += 1
    }
    self.init(high: halves.0, low: halves.1)
  }

  public var description: String {
    unsafe String(unsafeUninitializedCapacity: 36) { buffer in
      var index = 0
      for digit in 0..<32 {
        if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
          unsafe buffer[index] = UInt8(ascii: "-")
          index += 1
        }
        let half = digit < 16 ? high : low
        unsafe buffer[index] = hexDigit(UInt8(truncatingIfNeeded: half >> (60 - 4 * UInt64(digit % 16)) & 0xF))
        index += 1
      }
      return 36
    }
  }
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

func hexValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}

func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }
