import FunctionKit

extension Work {
  /// Ends an invoice that the provider refuses for good, and its payments with it.
  func fail(_ held: HeldInvoice, code: String, reason: String) async throws {
    try await fail(held.invoice, reason: reason)
    for payment in held.payments where payment.status.isUnpaid {
      try await fail(payment, code: code, reason: reason)
    }
  }

  func fail(_ invoice: InvoiceRecord, reason: String) async throws {
    let reason = String(reason.prefix(500))
    try invoice.status.mustAllow(.failed)
    try await db.run(
      "update gateway_invoice set status = 'failed', last_error = \(reason), updated_at = \(now) where id = \(invoice.id)"
    )
    try await record(invoice.id, from: invoice.status, to: .failed, note: reason)
  }

  func fail(_ payment: PaymentRecord, code: String, reason: String) async throws {
    let (code, reason) = (String(code.prefix(100)), String(reason.prefix(500)))
    try payment.status.mustAllow(.failed)
    try await db.run(
      """
      update payment set status = 'failed', failure_code = \(code), failure_reason = \(reason), failed_at = \(now),
        version = version + 1, updated_at = \(now)
      where id = \(payment.id)
      """)
    try await record(payment.id, from: payment.status, to: .failed, note: reason)
    try await letGo(payment)
    try await announce(payment, .failed(code: code, reason: reason))
  }
}
