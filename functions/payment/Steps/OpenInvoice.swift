import FunctionKit

extension Work {
  /// Notes that the provider has the invoice, so that its payments can be paid.
  func open(_ held: HeldInvoice, as report: GatewayReport) async throws -> HeldInvoice {
    try held.invoice.status.mustAllow(.open)
    try await db.run(
      """
      update gateway_invoice set status = 'open', gateway_ref = \(report.gatewayRef), url = \(report.url),
        expires_at = coalesce(\(report.expiresAt), expires_at), last_error = null, updated_at = \(now)
      where id = \(held.invoice.id)
      """)
    try await record(held.invoice.id, from: held.invoice.status, to: .open)
    for payment in held.payments where payment.status == .pending {
      try await db.run(
        """
        update payment set status = 'awaiting_payment', version = version + 1, updated_at = \(now)
        where id = \(payment.id)
        """)
      try await record(payment.id, from: payment.status, to: .awaitingPayment)
    }
    let opened = try await hold(held.invoice.id) ?? held
    if opened.payments.contains(where: { $0.status == .cancelled }) { try await leave(opened) }
    return opened
  }
}
