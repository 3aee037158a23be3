import FunctionKit

/// What is to be collected at once: several orders of one buyer, or one other thing.
struct BillRequest: Sendable {
  /// One payment of it.
  struct Part: Sendable {
    var reference: ID
    /// Of an order.
    var number: String?
    var lines: [CreatePayment.Line]
  }

  var purpose = Purpose.order
  var userId: ID
  var checkoutId: ID?
  var parts: [Part]
  /// Nil lets the buyer choose on the provider's page.
  var channel: String?
  var walletAmount = 0
  /// Nil for the usual time.
  var expiresAt: Instant?
  var customer: Customer
  var successUrl: String?
  var failureUrl: String?

  var references: [ID] { parts.map(\.reference) }
}

extension CreatePayment.Input {
  var bill: BillRequest {
    BillRequest(
      userId: userId, checkoutId: checkoutId,
      parts: orders.map { BillRequest.Part(reference: $0.orderId, number: $0.orderNumber, lines: $0.lines) },
      channel: channel, walletAmount: walletAmount ?? 0, expiresAt: expiresAt, customer: customer,
      successUrl: successUrl, failureUrl: failureUrl)
  }
}
