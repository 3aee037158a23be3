/// What becomes of a seller's commission when some of the sale is taken back.
struct CommissionReversal: Sendable, Equatable {
  /// What is left of it; frozen once it was collected.
  var commission: Int
  var status: CommissionStatus
  /// What the seller no longer owes, or gets back.
  var returned: Int
  /// Whether a settlement counts the sale already, so that the next one has to take it back.
  var isSettled: Bool

  init(_ record: CommissionRecord, reversing reversal: Int) {
    let before = record.baseAmount - record.reversedBase
    let owed = share(of: before - reversal, basisPoints: record.rateBp)
    isSettled = record.status == .collected || record.settlementId != nil
    let isOwed = !isSettled && (record.status == .pending || record.status == .collectible)
    let isTaken = isOwed || (isSettled && record.status != .waived)
    returned = isTaken ? share(of: before, basisPoints: record.rateBp) - owed : 0
    commission = isOwed ? owed : record.commissionAmount
    status = isOwed && before == reversal && reversal > 0 ? .refunded : record.status
  }
}
