import FunctionKit

/// A row of `payment_line`: one seller's part of a payment.
struct LineRecord: Decodable, Sendable, Equatable {
  var id: ID
  var paymentId: ID
  var sellerId: ID?
  var sellerUserId: ID?
  var merchandiseAmount: Int
  var platformDiscount: Int
  var shippingAmount: Int
  var shippingDiscount: Int
  var taxAmount: Int
  var feeAmount: Int

  var amounts: Amounts {
    Amounts(
      merchandise: merchandiseAmount, platformDiscount: platformDiscount, shipping: shippingAmount,
      shippingDiscount: shippingDiscount, tax: taxAmount, fee: feeAmount)
  }
}

extension Database {
  /// The lines of some payments, in a fixed order.
  func lines(of payments: [PaymentRecord]) async throws -> [LineRecord] {
    try await all(
      """
      select id, payment_id, seller_id, seller_user_id, merchandise_amount, platform_discount, shipping_amount,
        shipping_discount, tax_amount, fee_amount
      from payment_line where payment_id = any(\(payments.map(\.id))::uuid[]) order by payment_id, id
      """)
  }
}
