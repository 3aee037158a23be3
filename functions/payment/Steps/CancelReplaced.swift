import FunctionKit

extension Work {
  /// Ends unpaid payments that a new bill takes the place of.
  /// - Parameter orders: those of the new bill, which has to cover all that the old ones covered.
  /// - Returns: the invoices that the provider is to end.
  func cancel(_ payments: [PaymentRecord], replacedBy orders: [ID]) async throws -> [InvoiceRecord] {
    var ended: [InvoiceRecord] = []
    for invoice in Set(payments.compactMap(\.invoiceId)).sorted() {
      guard let held = try await hold(invoice) else { continue }
      // One that was left asks for too much already; the recovery job has it ended.
      if held.invoice.status == .stale {
        try await retire(held.payments.filter { held in payments.contains { $0.id == held.id } })
        continue
      }
      // A payment may have come while this waited for the lock.
      try held.payments.requireUnpaid()
      guard Set(held.payments.map(\.referenceId)).isSubset(of: orders) else {
        throw Problem(409, "invalid_state", "The invoice also pays orders that are not part of this request.")
      }
      try await retire(held.payments)
      // One that is still being opened is left once it is.
      guard held.invoice.status != .creating else { continue }
      try await retire(held.invoice)
      ended.append(held.invoice)
    }
    let others = payments.filter { $0.invoiceId == nil }.map(\.id).sorted()
    for payment in others {
      if let held = try await holdPayment(payment) { try await retire([held]) }
    }
    return ended
  }

  private func retire(_ invoice: InvoiceRecord) async throws {
    try invoice.status.mustAllow(.stale)
    try await db.run("update gateway_invoice set status = 'stale', updated_at = \(now) where id = \(invoice.id)")
    try await record(invoice.id, from: invoice.status, to: .stale, note: "replaced")
  }

  private func retire(_ payments: [PaymentRecord]) async throws {
    try payments.requireUnpaid()
    for payment in payments { try await cancel(payment, reason: "replaced", isReplaced: true) }
  }
}
