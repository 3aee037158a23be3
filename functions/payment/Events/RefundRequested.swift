import FunctionKit

/// Money is to go back to a buyer.
struct RefundRequested: Event {
  static let type = "refund.requested"

  var refundId: ID
  var refundNumber: String
  var paymentId: ID
  var orderId: ID?
  var userId: ID
  var amount: Int
  var reason: String
  var method: String
  var requestedAt: Instant

  var subject: String { refundId.description }
}
