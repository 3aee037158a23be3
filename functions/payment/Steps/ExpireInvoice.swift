import FunctionKit

extension Work {
  /// Ends an invoice that the provider says nobody paid, and the payments that waited for it. Those of one that was left
  /// wait for another invoice.
  func expire(_ held: HeldInvoice) async throws {
    // One that the provider never had can't expire there.
    let end: InvoiceStatus = held.invoice.status == .creating ? .failed : .expired
    if held.invoice.status != end {
      try held.invoice.status.mustAllow(end)
      try await db.run(
        "update gateway_invoice set status = \(end), updated_at = \(now) where id = \(held.invoice.id)")
      try await record(held.invoice.id, from: held.invoice.status, to: end)
    }
    for payment in held.payments where payment.status.isUnpaid {
      if held.invoice.status == .stale, payment.expiresAt > now {
        try await detach(payment)
      } else {
        try await expire(payment)
      }
    }
  }

  func expire(_ payment: PaymentRecord) async throws {
    try payment.status.mustAllow(.expired)
    try await db.run(
      """
      update payment set status = 'expired', expired_at = \(now), version = version + 1, updated_at = \(now)
      where id = \(payment.id)
      """)
    try await record(payment.id, from: payment.status, to: .expired)
    try await letGo(payment)
    try await announce(payment, .expired)
  }

  private func detach(_ payment: PaymentRecord) async throws {
    try await db.run(
      "update payment set invoice_id = null, version = version + 1, updated_at = \(now) where id = \(payment.id)")
  }
}
