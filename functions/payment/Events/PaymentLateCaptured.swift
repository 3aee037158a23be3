import FunctionKit

/// Money came for a payment that had ended; it goes back.
struct PaymentLateCaptured: Event {
  static let type = "payment.late_captured"

  var paymentId: ID
  var paymentNumber: String
  var orderId: ID
  var orderNumber: String
  var userId: ID
  var amount: Int
  var lateAmount: Int
  var refundId: ID
  var at: Instant

  var subject: String { paymentId.description }

  init(_ payment: PaymentRecord, amount lateAmount: Int, refund: ID, at: Instant) {
    paymentId = payment.id
    paymentNumber = payment.paymentNumber
    orderId = payment.referenceId
    orderNumber = payment.shownNumber
    userId = payment.userId
    amount = payment.amount
    self.lateAmount = lateAmount
    refundId = refund
    self.at = at
  }
}
