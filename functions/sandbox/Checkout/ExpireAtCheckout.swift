import FunctionKit

/// Ends an invoice from its page, to see what becomes of an order that nobody pays.
struct ExpireAtCheckout: Endpoint {
  struct Input: Decodable {
    var id: String
  }

  func handle(_ input: Input, context: Context) async throws -> CheckoutReply {
    guard let invoice = try await context.db.lockedInvoice(input.id) else { return .page(.unknownInvoice) }
    guard invoice.status == .pending else { return .page(.refused("Tagihan ini sudah berakhir.", invoice)) }
    try await context.ownTransaction.expire(invoice, context)
    return .redirect("/web/\(invoice.id)")
  }
}
