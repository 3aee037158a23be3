/// An IPv4 or IPv6 address as a number; one of IPv4 is what IPv6 maps it to, so that a client is the same by either way.
public struct IPAddress: Sendable, Hashable {
  public let bits: UInt128

  /// Whether it is one of IPv4.
  public var isFour: Bool { bits >> 32 == 0xFFFF }

  /// What counts as one client: an address of IPv4, or the 64 bits that a household or a machine is given of IPv6.
  public var client: UInt128 { isFour ? bits : bits & UInt128.max << 64 }

  /// Reads `203.0.113.7`, `2001:db8::7` and `::ffff:203.0.113.7`; nil for anything else.
  public init?(_ text: String) { self.init(text.utf8Span.span) }

  /// Reads the same from bytes.
  public init?(_ text: ArraySlice<UInt8>) { self.init(text.span) }

  private init?(_ text: Span<UInt8>) {
    if let four = fourBytes(text, from: 0) {
      bits = 0xFFFF << 32 | UInt128(four)
    } else {
      var groups = Groups()
      guard groups.read(text), let number = groups.number else { return nil }
      bits = number
    }
  }
}

/// The number that four decimals with dots between them make, from there to the end.
private func fourBytes(_ text: Span<UInt8>, from start: Int) -> UInt32? {
  var bits: UInt32 = 0, part: UInt32 = 0, digits = 0, dots = 0
  for index in start..<text.count {
    let digit = text[index] &- UInt8(ascii: "0")
    if digit < 10 {
      guard digits == 0 || part > 0 else { return nil }
      (part, digits) = (part * 10 + UInt32(digit), digits + 1)
      guard part < 256 else { return nil }
    } else {
      guard text[index] == UInt8(ascii: "."), digits > 0, dots < 3 else { return nil }
      (bits, part, digits, dots) = (bits << 8 | part, 0, 0, dots + 1)
    }
  }
  return digits > 0 && dots == 3 ? bits << 8 | part : nil
}

/// The groups of an IPv6 address as they are read, with at most one gap among them.
private struct Groups {
  private var bits: UInt128 = 0
  private var count = 0
  /// How many groups stand before the gap.
  private var gap: Int?

  /// Nil while groups are missing, or too many.
  var number: UInt128? {
    guard let gap else { return count == 8 ? bits : nil }
    guard count < 8 else { return nil }
    let after = UInt128(16 * (count - gap))
    return (bits >> after) << UInt128(16 * (8 - gap)) | bits & ~(UInt128.max << after)
  }

  /// - Returns: false for what can't be part of an address.
  mutating func read(_ text: Span<UInt8>) -> Bool {
    var index = 0, group: UInt32 = 0, digits = 0
    if text.count > 1, text[0] == .colon, text[1] == .colon { (gap, index) = (0, 2) }
    while index < text.count {
      let byte = text[index]
      if let digit = byte.hexDigit {
        guard digits < 4 else { return false }
        (group, digits) = (group << 4 | digit, digits + 1)
      } else if byte == .colon {
        guard digits > 0, add(group) else { return false }
        (group, digits) = (0, 0)
        guard index + 1 < text.count else { return false }
        if text[index + 1] == .colon {
          guard gap == nil else { return false }
          (gap, index) = (count, index + 1)
        }
      } else {
        guard let four = fourBytes(text, from: index - digits), add(four >> 16) else { return false }
        return add(four & 0xFFFF)
      }
      index += 1
    }
    return digits == 0 || add(group)
  }

  private mutating func add(_ group: UInt32) -> Bool {
    guard count < 8 else { return false }
    (bits, count) = (bits << 16 | UInt128(group), count + 1)
    return true
  }
}

extension UInt8 {
  fileprivate static let colon = UInt8(ascii: ":")

  fileprivate var hexDigit: UInt32? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self) - 48
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self) - 87
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self) - 55
    default: nil
    }
  }
}
