import FunctionKit

/// This is not to be paid any more, and no money came.
struct PaymentCancelled: Event {
  static let type = "payment.cancelled"

  var paymentId: ID
  var paymentNumber: String
  var orderId: ID
  var orderNumber: String
  var userId: ID
  var amount: Int
  /// `replaced` when another payment takes its place.
  var reason: String
  var cancelledAt: Instant

  var subject: String { paymentId.description }

  init(_ payment: PaymentRecord, reason: String, at cancelledAt: Instant) {
    paymentId = payment.id
    paymentNumber = payment.paymentNumber
    orderId = payment.referenceId
    orderNumber = payment.shownNumber
    userId = payment.userId
    amount = payment.amount
    self.reason = reason
    self.cancelledAt = cancelledAt
  }
}
