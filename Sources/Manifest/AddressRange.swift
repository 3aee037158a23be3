/// The addresses that begin with the same bits: `10.0.0.0/8`, `2001:db8::/32`, or one address alone.
public struct AddressRange: Sendable, Hashable {
  private let first: UInt128
  private let mask: UInt128

  public func contains(_ address: IPAddress) -> Bool { address.bits & mask == first }

  init(parsing text: String) throws(Mistake) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = IPAddress(String(parts[0])) else {
      throw Mistake("is not a range of addresses; write it like 10.0.0.0/8, 2001:db8::/32 or 203.0.113.7")
    }
    let longest = address.isFour ? 32 : 128
    guard let length = parts.count == 1 ? longest : digits(parts[1]), length <= longest else {
      throw Mistake("is not a range of addresses; what follows the slash must be 0 to \(longest)")
    }
    mask = UInt128.max << UInt128(longest - length)
    first = address.bits & mask
    guard first == address.bits else {
      throw Mistake("has bits set behind its first \(length); clear them, or write one address alone")
    }
  }
}
