import FunctionKit

/// Money may go back to a buyer.
struct RefundApproved: Event {
  static let type = "refund.approved"

  var refundId: ID
  var refundNumber: String
  var paymentId: ID
  var orderId: ID?
  var userId: ID
  var amount: Int
  /// Who approved: `system` for what needs nobody's consent.
  var by: String
  var at: Instant

  var subject: String { refundId.description }

  init(_ refund: RefundRecord, by: String, at: Instant) {
    refundId = refund.id
    refundNumber = refund.refundNumber
    paymentId = refund.paymentId
    orderId = refund.orderId
    userId = refund.userId
    amount = refund.amount
    self.by = by
    self.at = at
  }
}
