import FunctionKit

extension Work {
  /// Ends an invoice that the provider refuses for good, and its payments with it.
  func fail(_ held: HeldInvoice, code: String, reason: String) async throws {
    let (code, reason) = (String(code.prefix(100)), String(reason.prefix(500)))
    try held.invoice.status.mustAllow(.failed)
    try await db.run(
      """
      update gateway_invoice set status = 'failed', last_error = \(reason), updated_at = \(now)
      where id = \(held.invoice.id)
      """)
    try await record(held.invoice.id, from: held.invoice.status, to: .failed, note: reason)
    for payment in held.payments where payment.status.isUnpaid {
      try await fail(payment, code: code, reason: reason)
    }
  }

  private func fail(_ payment: PaymentRecord, code: String, reason: String) async throws {
    try payment.status.mustAllow(.failed)
    try await db.run(
      """
      update payment set status = 'failed', failure_code = \(code), failure_reason = \(reason), failed_at = \(now),
        version = version + 1, updated_at = \(now)
      where id = \(payment.id)
      """)
    try await record(payment.id, from: payment.status, to: .failed, note: reason)
    try await emit(PaymentFailed(payment, code: code, reason: reason, at: now))
  }
}
