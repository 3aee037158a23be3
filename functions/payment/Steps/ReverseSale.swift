import FunctionKit

extension Work {
  /// Takes a part of a sale back from its seller, and gives back the commission on it. One that a settlement has paid out
  /// already is taken off the seller's next one.
  /// - Returns: the line with what the seller really gives back: never more than what the sale still comes to.
  func reverseSale(_ line: RefundLineRecord, for refund: RefundRecord) async throws -> RefundLineRecord {
    guard line.sellerReversal > 0 else { return line }
    guard let record = try await holdCommission(ofLine: line.paymentLineId) else { return line }
    var line = line
    line.sellerReversal = min(line.sellerReversal, record.base)
    let reversal = CommissionReversal(record, reversing: line.sellerReversal)
    line.commissionReturned = reversal.returned
    try await apply(reversal, of: line.sellerReversal, to: record)
    try await db.run(
      """
      update refund_line set seller_reversal = \(line.sellerReversal), commission_returned = \(reversal.returned)
      where id = \(line.id)
      """)
    guard reversal.isSettled else { return line }
    try await adjust(.refundClawback, record.sellerId, -line.sellerReversal, line, refund)
    try await adjust(.commissionReturn, record.sellerId, reversal.returned, line, refund)
    return line
  }

  private func apply(_ reversal: CommissionReversal, of amount: Int, to record: CommissionRecord) async throws {
    let changed: CommissionRecord = try await db.one(
      """
      update commission_ledger set reversed_base = reversed_base + \(amount),
        commission_amount = \(reversal.commission), status = \(reversal.status), version = version + 1,
        updated_at = \(now)
      where id = \(record.id) returning \(CommissionRecord.columns)
      """)
    guard changed.status != record.status else { return }
    try record.status.mustAllow(changed.status)
    try await self.record(record.id, from: record.status, to: changed.status)
    try await emit(CommissionRefunded(changed, at: now))
  }

  private func adjust(
    _ kind: AdjustmentKind, _ seller: ID, _ amount: Int, _ line: RefundLineRecord, _ refund: RefundRecord
  ) async throws {
    guard amount != 0 else { return }
    try await insert(
      NewAdjustment(
        seller: seller, kind: kind, amount: amount, reference: line.id, reason: "Refund \(refund.refundNumber)"))
  }
}
