import FunctionKit

extension Context {
  /// Has the provider open an invoice, outside of any transaction, and keeps what came of it.
  ///
  /// An answer that does not come leaves the invoice as it is; the recovery job asks again.
  func openAtGateway(_ invoice: InvoiceRecord, mayExist: Bool, because trigger: String) async throws {
    let payments = try await db.payments(ofInvoice: invoice.id)
    // What the wallet pays of them comes first: without it they ask for too little.
    guard payments.allSatisfy({ $0.holdState != .wanted || !$0.status.isUnpaid }) else { return }
    guard try await db.invoice(invoice.id)?.status == .creating else { return }
    let gateway = InvoiceGateway.xendit(self, for: invoice)
    do {
      let report = try await gateway.createOnce(NewInvoice(invoice, for: payments, at: now), mayExist: mayExist)
      _ = try await work(because: trigger) { try await $0.take(report) }
    } catch GatewayFailure.unavailable(let reason) {
      log.warning("invoice \(invoice.externalId) could not be opened: \(reason)")
      try await work(because: trigger) { try await $0.note(reason, on: invoice) }
    } catch GatewayFailure.refused(let code, let message) {
      log.error("invoice \(invoice.externalId) was refused: \(code)")
      try await work(because: trigger) { try await $0.failIfCreating(invoice, code: code, reason: message) }
    }
  }
}

extension Work {
  fileprivate func note(_ reason: String, on invoice: InvoiceRecord) async throws {
    try await db.run(
      """
      update gateway_invoice set last_error = \(String(reason.prefix(500))), updated_at = \(now)
      where id = \(invoice.id) and status = 'creating'
      """)
  }

  /// A webhook may have been quicker than the refusal, and then it counts.
  fileprivate func failIfCreating(_ invoice: InvoiceRecord, code: String, reason: String) async throws {
    guard let held = try await hold(invoice.id), held.invoice.status == .creating else { return }
    try await fail(held, code: code, reason: reason)
  }
}
