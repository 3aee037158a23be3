import FunctionKit

extension Work {
  /// Ends unpaid payments that a new bill takes the place of.
  /// - Parameter orders: those of the new bill, which has to cover all that the old ones covered.
  /// - Returns: the invoices that the provider is to end.
  func cancel(_ payments: [PaymentRecord], replacedBy orders: [ID]) async throws -> [InvoiceRecord] {
    var ended: [InvoiceRecord] = []
    for invoice in Set(payments.compactMap(\.invoiceId)).sorted() {
      guard let held = try await hold(invoice) else { continue }
      // A payment may have come while this waited for the lock.
      try held.payments.requireUnpaid()
      try held.invoice.status.mustAllow(.stale)
      guard Set(held.payments.map(\.referenceId)).isSubset(of: orders) else {
        throw Problem(409, "invalid_state", "The invoice also pays orders that are not part of this request.")
      }
      try await retire(held)
      ended.append(held.invoice)
    }
    return ended
  }

  private func retire(_ held: HeldInvoice) async throws {
    try await db.run("update gateway_invoice set status = 'stale', updated_at = \(now) where id = \(held.invoice.id)")
    try await record(held.invoice.id, from: held.invoice.status, to: .stale, note: "replaced")
    for payment in held.payments {
      try payment.status.mustAllow(.cancelled)
      try await db.run(
        """
        update payment set status = 'cancelled', cancelled_at = \(now), version = version + 1, updated_at = \(now)
        where id = \(payment.id)
        """)
      try await record(payment.id, from: payment.status, to: .cancelled, note: "replaced")
      try await emit(PaymentCancelled(payment, reason: "replaced", at: now))
    }
  }
}
