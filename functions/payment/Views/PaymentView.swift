import FunctionKit

/// A payment as callers see it. The database makes its JSON, by `shown_payment`.
struct PaymentView: Codable, Sendable {
  var id: ID
  var paymentNumber: String
  var purpose: Purpose
  /// Nil for what is no order.
  var orderId: ID?
  var orderNumber: String?
  /// The order, or what else it is for.
  var referenceId: ID
  var status: PaymentStatus
  var merchandiseAmount: Int
  var platformDiscount: Int
  var shippingAmount: Int
  var shippingDiscount: Int
  var taxAmount: Int
  var feeAmount: Int
  var amount: Int
  var walletAmount: Int
  var gatewayAmount: Int
  var refundedAmount: Int
  var channel: String?
  var invoice: InvoiceView?
  var expiresAt: Instant
  var paidAt: Instant?
  var lines: [LineView]
}
