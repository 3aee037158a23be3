import FunctionKit

/// An attempt to send money back came to nothing; it is owed all the same.
struct RefundFailed: Event {
  static let type = "refund.failed"

  var refundId: ID
  var refundNumber: String
  var paymentId: ID
  var orderId: ID?
  var userId: ID
  var amount: Int
  /// In the words of the provider.
  var failureCode: String
  var at: Instant

  var subject: String { refundId.description }

  init(_ refund: RefundRecord, code: String, at: Instant) {
    refundId = refund.id
    refundNumber = refund.refundNumber
    paymentId = refund.paymentId
    orderId = refund.orderId
    userId = refund.userId
    amount = refund.amount
    failureCode = code
    self.at = at
  }
}
