import FunctionKit

/// Asks the provider what became of a payment, for a payer who does not want to wait for its webhook.
struct SyncPayment: Endpoint {
  private static let trigger = "sync_payment"
  private static let pause: Duration = .seconds(10)

  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> Ready<PaymentView> {
    let found = try await context.db.payment(input.id)
    try context.requireOwner(found?.userId, of: "payment")
    guard let found else { throw Problem.notFound("payment") }
    let isFirst = try await context.work(because: Self.trigger) { work in
      try await work.db.run(
        """
        update payment set synced_at = \(work.now)
        where id = \(found.id) and (synced_at is null or synced_at <= \(work.now - Self.pause))
        """) == 1
    }
    guard isFirst else {
      throw Problem(429, "rate_limited", "This was asked less than 10 seconds ago; wait a little.", retryAfter: 10)
    }
    try await context.sync(found, because: Self.trigger)
    return try await context.db.shown(found)
  }
}

extension Context {
  /// Takes what the provider knows of a payment's invoice, and with it what the wallet owes beside.
  /// - Throws: ``Problem`` 503 `gateway_unavailable`.
  func sync(_ payment: PaymentRecord, because trigger: String) async throws {
    guard let invoice = try await db.invoice(payment.invoiceId) else { return }
    do {
      if let report = try await InvoiceGateway.xendit(self, for: invoice).look(for: invoice) {
        _ = try await work(because: trigger) { try await $0.take(report) }
      }
    } catch let failure as GatewayFailure {
      log.warning("invoice \(invoice.externalId) can't be looked at: \(failure)")
      throw Problem(
        503, "gateway_unavailable", "The provider does not say what became of the invoice; try again.", retryAfter: 10)
    }
    try await takeFromWallet(forInvoice: invoice.externalId, because: trigger)
  }
}
