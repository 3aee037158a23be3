import FunctionKit

/// Nobody paid in time, and the provider has confirmed it.
struct PaymentExpired: Event {
  static let type = "payment.expired"

  var paymentId: ID
  var paymentNumber: String
  var orderId: ID
  var orderNumber: String
  var userId: ID
  var amount: Int
  var expiredAt: Instant

  var subject: String { paymentId.description }

  init(_ payment: PaymentRecord, at expiredAt: Instant) {
    paymentId = payment.id
    paymentNumber = payment.paymentNumber
    orderId = payment.referenceId
    orderNumber = payment.shownNumber
    userId = payment.userId
    amount = payment.amount
    self.expiredAt = expiredAt
  }
}
