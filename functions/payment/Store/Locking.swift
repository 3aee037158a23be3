import FunctionKit

/// An invoice and its payments, held until the transaction ends.
struct HeldInvoice: Sendable {
  var invoice: InvoiceRecord
  var payments: [PaymentRecord]
}

extension Work {
  /// Locks in the one order that everybody keeps, the invoice first and then its payments by id, so that a webhook, a
  /// job and a request about the same money wait for each other, and never for ever. Without the keys, so that rows which
  /// refer to these can be written meanwhile.
  func hold(_ invoice: ID) async throws -> HeldInvoice? {
    try await hold(
      db.first("select \(InvoiceRecord.columns) from gateway_invoice where id = \(invoice) for no key update"))
  }

  /// The same for the invoice that a report is about: by our id, else by the provider's.
  func hold(reported report: GatewayReport) async throws -> HeldInvoice? {
    try await hold(
      db.first(
        """
        select \(InvoiceRecord.columns) from gateway_invoice
        where external_id = \(report.externalId) or gateway_ref = \(report.gatewayRef)
        order by external_id = \(report.externalId) desc limit 1 for no key update
        """))
  }

  private func hold(_ invoice: InvoiceRecord?) async throws -> HeldInvoice? {
    guard let invoice else { return nil }
    let payments = try await db.all(
      "select \(PaymentRecord.columns) from payment where invoice_id = \(invoice.id) order by id for no key update",
      as: PaymentRecord.self)
    return HeldInvoice(invoice: invoice, payments: payments)
  }

  /// One settlement of a seller at a time. Taken before any row of theirs.
  func lockSettlements(of seller: ID) async throws { try await lock("settlements:\(seller)") }

  /// Makes requests about the same orders wait for each other before any of them has a row to lock.
  func holdOrders(_ orders: [ID]) async throws {
    for order in orders.sorted() { try await lock("order:\(order)") }
  }
}
