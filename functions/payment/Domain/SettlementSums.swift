/// What a seller's week comes to, in rupiah.
struct SettlementSums: Sendable, Equatable {
  static let least = 50_000
  static let mostUnseen = 50_000_000

  enum Verdict: Sendable, Equatable {
    /// Paid out at once.
    case completed
    /// Too little, or less than nothing: the next settlement takes it in.
    case carriedForward
    /// Waits for somebody to look into it.
    case held
    /// Waits for finance, because it is much.
    case calculated
  }

  var gross = 0
  var refunds = 0
  var commission = 0
  var adjustments = 0
  var carryIn = 0

  var net: Int { gross - refunds - commission + adjustments + carryIn }

  /// A waived commission is not taken, but the sale is paid all the same.
  mutating func add(_ record: CommissionRecord) {
    gross += record.baseAmount
    refunds += record.reversedBase
    commission += record.status == .waived ? 0 : record.commissionAmount
  }

  func verdict(isHeld: Bool) -> Verdict {
    if net < Self.least { return .carriedForward }
    if isHeld { return .held }
    return net <= Self.mostUnseen ? .completed : .calculated
  }
}
