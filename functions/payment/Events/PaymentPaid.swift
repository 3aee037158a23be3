import FunctionKit

/// The money of an order is there. At most one per order, ever.
struct PaymentPaid: Event {
  static let type = "payment.paid"

  var paymentId: ID
  var paymentNumber: String
  var orderId: ID
  var orderNumber: String
  var userId: ID
  var amount: Int
  var merchandiseAmount: Int
  var shippingAmount: Int
  var feeAmount: Int
  var channel: String
  var paidAt: Instant
  var sellers: [Seller]

  struct Seller: Encodable, Sendable {
    /// Nil for the house brand.
    var sellerId: ID?
    var merchandiseAmount: Int
    var commissionAmount: Int
  }

  var subject: String { paymentId.description }

  init(_ payment: PaymentRecord, channel: String, at paidAt: Instant, sellers: [Seller]) {
    paymentId = payment.id
    paymentNumber = payment.paymentNumber
    orderId = payment.referenceId
    orderNumber = payment.shownNumber
    userId = payment.userId
    amount = payment.amount
    merchandiseAmount = payment.merchandiseAmount
    shippingAmount = payment.shippingAmount
    feeAmount = payment.feeAmount
    self.channel = channel
    self.paidAt = paidAt
    self.sellers = sellers
  }
}
