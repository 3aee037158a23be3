import FunctionKit

/// Money that somebody asked for stays.
struct RefundRejected: Event {
  static let type = "refund.rejected"

  var refundId: ID
  var refundNumber: String
  var paymentId: ID
  var orderId: ID?
  var userId: ID
  var amount: Int
  var by: String
  var reason: String
  var at: Instant

  var subject: String { refundId.description }

  init(_ refund: RefundRecord, by: String, reason: String, at: Instant) {
    refundId = refund.id
    refundNumber = refund.refundNumber
    paymentId = refund.paymentId
    orderId = refund.orderId
    userId = refund.userId
    amount = refund.amount
    self.by = by
    self.reason = reason
    self.at = at
  }
}
