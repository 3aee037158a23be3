import FunctionKit

/// What the wallet asks the payment service about top-ups.
extension Services {
  /// Has an invoice opened; the top-up's id is the key, so that it has one at most.
  func collect(_ order: TopUpOrder) async throws -> TopUpInvoice {
    try await call(
      "payment", .post, "/internal/topups", body: order, key: "\(order.topupId)", timeout: .seconds(10), retries: 1)
  }

  /// Takes the invoice back.
  func cancel(payment id: ID) async throws {
    try await call(
      "payment", .post, "/payments/\(id)/cancel", body: CancelReason(reason: "The top-up was cancelled."),
      timeout: .seconds(10), as: Nothing.self)
  }

  private struct CancelReason: Encodable { var reason: String }
}

/// What is to be collected.
struct TopUpOrder: Encodable, Sendable {
  var topupId: ID
  var userId: ID
  var amount: Int
  var channel: String?
  var customer: Customer

  /// Names are the business of the auth service; the invoice needs one all the same.
  struct Customer: Encodable, Sendable {
    var name = "Pengguna Lakoo"
  }
}

/// What the payment service has opened.
struct TopUpInvoice: Decodable, Sendable {
  var payment: Payment
  /// Nil while the provider could not be reached.
  var invoice: Invoice?

  struct Payment: Decodable, Sendable {
    var id: ID
    var feeAmount: Int
    var expiresAt: Instant?
  }

  struct Invoice: Decodable, Sendable {
    var url: String
  }
}
