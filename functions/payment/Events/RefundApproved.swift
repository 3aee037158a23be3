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
  /// Who approved: `system` for money that no order can keep.
  var by: String
  var at: Instant

  var subject: String { refundId.description }
}
