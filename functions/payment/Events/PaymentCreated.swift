import FunctionKit

/// An order is to be paid; a reminder may follow.
struct PaymentCreated: Event {
  static let type = "payment.created"

  var paymentId: ID
  var paymentNumber: String
  var orderId: ID
  var orderNumber: String
  var userId: ID
  var amount: Int
  var feeAmount: Int
  var checkoutId: ID?
  var channel: String?
  /// Never known yet: the provider is only asked once this is committed.
  var invoiceUrl: String?
  var expiresAt: Instant
  var replacesPaymentId: ID?

  var subject: String { paymentId.description }

  init(_ payment: PaymentRecord, replacing replacesPaymentId: ID?) {
    paymentId = payment.id
    paymentNumber = payment.paymentNumber
    orderId = payment.referenceId
    orderNumber = payment.shownNumber
    userId = payment.userId
    amount = payment.amount
    feeAmount = payment.feeAmount
    checkoutId = payment.checkoutId
    channel = payment.channel
    expiresAt = payment.expiresAt
    self.replacesPaymentId = replacesPaymentId
  }
}
