import FunctionKit

/// A row of `payment`: what is owed for one order, or for something else.
struct PaymentRecord: Decodable, Sendable, Equatable {
  var id: ID
  var paymentNumber: String
  var purpose = Purpose.order
  var referenceId: ID
  /// Nil for what is no order.
  var orderNumber: String?
  var checkoutId: ID?
  var userId: ID
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
  var lateCapturedAmount = 0
  var channel: String?
  var status: PaymentStatus
  var failureCode: String?
  var failureReason: String?
  var customer: Customer
  var invoiceId: ID?
  var expiresAt: Instant
  var paidAt: Instant?
  var billId: ID?
  var walletHoldId: ID?
  var holdState = HoldState.none

  static let columns: SQL = """
    id, payment_number, purpose, reference_id, order_number, checkout_id, user_id, merchandise_amount, platform_discount,
    shipping_amount, shipping_discount, tax_amount, fee_amount, amount, wallet_amount, gateway_amount, refunded_amount,
    late_captured_amount, channel, status, failure_code, failure_reason, customer, invoice_id, expires_at, paid_at,
    bill_id, wallet_hold_id, hold_state
    """

  /// Nil for what is no order.
  var orderId: ID? { purpose == .order ? referenceId : nil }

  var amounts: Amounts {
    Amounts(
      merchandise: merchandiseAmount, platformDiscount: platformDiscount, shipping: shippingAmount,
      shippingDiscount: shippingDiscount, tax: taxAmount, fee: feeAmount)
  }
}

/// Who pays, as they were when they ordered.
struct Customer: Codable, Sendable, Equatable {
  var name: String?
  var email: String?
  var phone: String?
}

extension Database {
  /// Whether a request under a key has made a payment, whatever became of it.
  func isMade(by key: String) async throws -> Bool {
    try await one("select exists (select from payment where idempotency_key = \(key))")
  }
}
