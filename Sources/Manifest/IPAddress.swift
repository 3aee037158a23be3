/// An IPv4 or IPv6 address as a number; one of IPv4 is what IPv6 maps it to, so that a client is the same by either way.
public struct IPAddress: Sendable, Hashable {
  public let bits: UInt128

  private static let mapped: UInt128 = 0xFFFF << 32

  /// Whether it is one of IPv4.
  public var isFour: Bool { bits >> 32 == 0xFFFF }

  /// What counts as one client: an address of IPv4, or the 64 bits that a household or a machine is given of IPv6.
  public var client: UInt128 { isFour ? bits : bits & UInt128.max << 64 }

  /// Reads `203.0.113.7`, `2001:db8::7` and `::ffff:203.0.113.7`; nil for anything else.
  public init?(_ text: some Sequence<UInt8>) {
    let text = Array(text)
    guard text.count <= 45, let bits = text.contains(.colon) ? Self.six(text[...]) : Self.four(text[...]) else {
      return nil
    }
    self.bits = bits
  }

  private static func four(_ text: ArraySlice<UInt8>) -> UInt128? {
    var bits = UInt128(0), parts = 0, part: UInt128?
    for byte in text + [.dot] {
      if let digit = byte.decimalDigit {
        guard part != 0 else { return nil }
        part = (part ?? 0) * 10 + digit
      } else {
        guard byte == .dot, let number = part, number < 256 else { return nil }
        (bits, parts, part) = (bits << 8 | number, parts + 1, nil)
      }
    }
    return parts == 4 ? mapped | bits : nil
  }

  private static func six(_ text: ArraySlice<UInt8>) -> UInt128? {
    let gap = text.indices.dropLast().first { text[$0] == .colon && text[$0 + 1] == .colon }
    guard let gap else { return groups(text).flatMap { $0.count == 8 ? number($0) : nil } }
    guard let before = groups(text[..<gap]), let after = groups(text[(gap + 2)...]), before.count + after.count < 8
    else { return nil }
    return number(before + Array(repeating: 0, count: 8 - before.count - after.count) + after)
  }

  private static func number(_ groups: [UInt128]) -> UInt128 { groups.reduce(0) { $0 << 16 | $1 } }

  /// The numbers between colons; the last one may be written as an address of IPv4.
  private static func groups(_ text: ArraySlice<UInt8>) -> [UInt128]? {
    guard !text.isEmpty else { return [] }
    var groups: [UInt128] = []
    let parts = text.split(separator: .colon, omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, part.contains(.dot) {
        guard let four = four(part) else { return nil }
        groups += [four >> 16 & 0xFFFF, four & 0xFFFF]
      } else {
        guard (1...4).contains(part.count), let group = UInt16(String(decoding: part, as: UTF8.self), radix: 16),
          part.first != UInt8(ascii: "+")
        else { return nil }
        groups.append(UInt128(group))
      }
    }
    return groups
  }
}

extension UInt8 {
  fileprivate static let colon = UInt8(ascii: ":")
  fileprivate static let dot = UInt8(ascii: ".")

  fileprivate var decimalDigit: UInt128? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) ? UInt128(self - UInt8(ascii: "0")) : nil
  }
}
