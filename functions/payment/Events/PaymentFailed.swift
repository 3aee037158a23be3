import FunctionKit

/// The provider refuses to collect this for good.
struct PaymentFailed: Event {
  static let type = "payment.failed"

  var paymentId: ID
  var paymentNumber: String
  var orderId: ID
  var orderNumber: String
  var userId: ID
  var amount: Int
  var failureCode: String
  var failureReason: String
  var failedAt: Instant

  var subject: String { paymentId.description }

  init(_ payment: PaymentRecord, code: String, reason: String, at failedAt: Instant) {
    paymentId = payment.id
    paymentNumber = payment.paymentNumber
    orderId = payment.referenceId
    orderNumber = payment.shownNumber
    userId = payment.userId
    amount = payment.amount
    failureCode = code
    failureReason = reason
    self.failedAt = failedAt
  }
}
