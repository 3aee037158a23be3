import FunctionKit

extension Work {
  /// Lets the money go back. What goes to the wallet alone is done with that; for the rest the provider is asked
  /// afterwards: ``FunctionKit/Context/sendRefund(_:mayExist:because:)``, or by the recovery job when nobody does.
  func approve(_ refund: RefundRecord, by: String = "system") async throws -> RefundRecord {
    try refund.status.mustAllow(.approved)
    let approved: RefundRecord = try await db.one(
      """
      update refund set status = 'approved', approved_by = \(by), approved_at = \(now), version = version + 1,
        updated_at = \(now)
      where id = \(refund.id) returning \(RefundRecord.columns)
      """)
    try await record(refund.id, from: refund.status, to: .approved, note: by)
    try await emit(RefundApproved(approved, by: by, at: now))
    return try await finishInside(approved)
  }

  /// Ends a refund for which nobody outside is needed.
  func finishInside(_ refund: RefundRecord) async throws -> RefundRecord {
    guard refund.gatewayPart == 0 else { return refund }
    return try await complete(start(refund))
  }

  /// Gives what was taken for the refund back to what is left of the payment.
  func reject(_ refund: RefundRecord, by: String, reason: String) async throws {
    try refund.status.mustAllow(.rejected)
    try await db.run(
      """
      update refund set status = 'rejected', rejected_by = \(by), rejected_at = \(now), rejection_reason = \(reason),
        version = version + 1, updated_at = \(now)
      where id = \(refund.id)
      """)
    try await db.run(
      """
      update payment set refund_reserved = refund_reserved - \(refund.amount), version = version + 1,
        updated_at = \(now)
      where id = \(refund.paymentId)
      """)
    try await db.run(
      """
      update payment_line line set refunded_merchandise = refunded_merchandise - part.merchandise,
        refunded_shipping = refunded_shipping - part.shipping, refunded_tax = refunded_tax - part.tax,
        refunded_fee = refunded_fee - part.fee, updated_at = \(now)
      from refund_line part where part.refund_id = \(refund.id) and part.payment_line_id = line.id
      """)
    try await record(refund.id, from: refund.status, to: .rejected, note: reason)
    try await emit(RefundRejected(refund, by: by, reason: reason, at: now))
  }
}
