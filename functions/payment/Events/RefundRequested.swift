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
  var reason: RefundReason
  var method: RefundMethod
  var requestedAt: Instant

  var subject: String { refundId.description }

  init(_ refund: RefundRecord, at requestedAt: Instant) {
    refundId = refund.id
    refundNumber = refund.refundNumber
    paymentId = refund.paymentId
    orderId = refund.orderId
    userId = refund.userId
    amount = refund.amount
    reason = refund.reason
    method = refund.method
    self.requestedAt = requestedAt
  }
}
