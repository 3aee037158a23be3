import FunctionKit

extension Work {
  /// The buyer has the money: the books, the payment, and everybody who waits for it are told. Called with the payment
  /// held.
  /// - Parameter isPaidOut: whether a payout has brought the provider's part, and has booked it.
  func complete(_ refund: RefundRecord, isPaidOut: Bool = false) async throws -> RefundRecord {
    try refund.status.mustAllow(.completed)
    let completed: RefundRecord = try await db.one(
      """
      update refund set status = 'completed', completed_at = \(now), failure_code = null, failure_reason = null,
        version = version + 1, updated_at = \(now)
      where id = \(refund.id) returning \(RefundRecord.columns)
      """)
    try await record(refund.id, from: refund.status, to: .completed)
    try await post([.refundDone(completed, isPaidOut: isPaidOut)])
    let isFull = try await settle(completed)
    let lines = try await db.refundLines(of: refund.id)
    try await emit(RefundCompleted(completed, lines, isFull: isFull, at: now))
    return completed
  }

  /// Keeps that an attempt came to nothing. The money stays owed: somebody tries again, or another way.
  func fail(_ refund: RefundRecord, code: String, reason: String?) async throws {
    let (code, reason) = (String(code.prefix(100)), reason.map { String($0.prefix(500)) })
    try refund.status.mustAllow(.failed)
    try await db.run(
      """
      update refund set status = 'failed', failure_code = \(code), failure_reason = \(reason), version = version + 1,
        updated_at = \(now)
      where id = \(refund.id)
      """)
    try await record(refund.id, from: refund.status, to: .failed, note: reason ?? code)
    try await emit(RefundFailed(refund, code: code, at: now))
  }

  /// - Returns: whether all that was ever taken for the payment is back.
  private func settle(_ refund: RefundRecord) async throws -> Bool {
    let isFull = try await db.one(
      """
      update payment set refund_reserved = refund_reserved - \(refund.amount),
        refunded_amount = refunded_amount + \(refund.amount), version = version + 1, updated_at = \(now)
      where id = \(refund.paymentId)
      returning refunded_amount = captured_amount + late_captured_amount
      """, as: Bool.self)
    let status = try await db.one("select status from payment where id = \(refund.paymentId)", as: PaymentStatus.self)
    let next = status.after(refund, isFull: isFull)
    guard next != status else { return isFull }
    try status.mustAllow(next)
    try await db.run("update payment set status = \(next) where id = \(refund.paymentId)")
    try await record(refund.paymentId, from: status, to: next)
    if next == .refunded { try await noteRefund(ofPost: refund.paymentId) }
    return isFull
  }
}

extension PaymentStatus {
  /// Money that never was the order's leaves an order as paid as before.
  fileprivate func after(_ refund: RefundRecord, isFull: Bool) -> PaymentStatus {
    // Surplus of a payment that still waits for its wallet money says nothing about it.
    if isUnpaid { return self }
    if isFull { return .refunded }
    return self == .paid && !refund.reason.isSurplus ? .partiallyRefunded : self
  }
}
