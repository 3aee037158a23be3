extension IPAddress: CustomStringConvertible {
  /// `203.0.113.7`, or the eight groups of `2001:db8:0:0:0:0:0:7`.
  public var description: String {
    isFour ? parts(4, of: 8).joined(separator: ".") : parts(8, of: 16, radix: 16).joined(separator: ":")
  }

  private func parts(_ count: Int, of width: Int, radix: Int = 10) -> [String] {
    (0..<count).reversed().map { String(bits >> UInt128($0 * width) & (1 << UInt128(width) - 1), radix: radix) }
  }
}
