import FunctionKit

extension Work {
  /// Takes a part of a sale back from its seller, and gives back the commission on it. One that a settlement has paid out
  /// already is taken off the seller's next one.
  func reverseSale(_ line: RefundLineRecord, for refund: RefundRecord) async throws {
    guard line.sellerReversal > 0, let record = try await holdCommission(ofLine: line.paymentLineId) else { return }
    let reversal = CommissionReversal(record, reversing: line.sellerReversal)
    try await apply(reversal, of: line.sellerReversal, to: record)
    try await db.run("update refund_line set commission_returned = \(reversal.returned) where id = \(line.id)")
    guard reversal.isSettled else { return }
    try await adjust(.refundClawback, record.sellerId, -line.sellerReversal, line, refund)
    try await adjust(.commissionReturn, record.sellerId, reversal.returned, line, refund)
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
    try await db.run(
      """
      insert into settlement_adjustment
        (id, seller_id, kind, amount, reference_id, reason, created_by, created_at, updated_at)
      values (\(context.newID()), \(seller), \(kind), \(amount), \(line.id), \("Refund \(refund.refundNumber)"),
        'system', \(now), \(now))
      on conflict (kind, reference_id) do nothing
      """)
  }
}
