import FunctionKit

/// A row of `payment_line` with what has gone back of it, or is on its way.
struct RefundableLine: Decodable, Sendable, Equatable {
  var id: ID
  var sellerId: ID?
  /// What the sale comes to for its seller: what was captured, or as the order service has corrected it.
  var merchandiseAmount: Int
  var paidGoods: Int
  var shippingAmount: Int
  var taxAmount: Int
  var feeAmount: Int
  var refundedMerchandise: Int
  var refundedShipping: Int
  var refundedTax: Int
  var refundedFee: Int
  /// What the seller has given back for it.
  var reversed: Int

  /// What can still go back.
  var left: RefundParts {
    RefundParts(
      merchandise: paidGoods - refundedMerchandise, tax: taxAmount - refundedTax,
      shipping: shippingAmount - refundedShipping, fee: feeAmount - refundedFee)
  }

  var reversalLeft: Int { max(0, merchandiseAmount - reversed) }
}

extension Database {
  /// In a fixed order. Hold the payment, so that no other refund takes of them meanwhile.
  func refundableLines(of payment: ID) async throws -> [RefundableLine] {
    try await all(
      """
      select line.id, line.seller_id, coalesce(sale.base_amount, line.merchandise_amount) as merchandise_amount,
        line.merchandise_amount - platform_discount as paid_goods,
        shipping_amount, tax_amount, fee_amount, refunded_merchandise, refunded_shipping, refunded_tax, refunded_fee,
        (select coalesce(sum(part.seller_reversal), 0)::bigint
          from refund_line part join refund on refund.id = part.refund_id
          where part.payment_line_id = line.id and refund.status <> 'rejected') as reversed
      from payment_line line left join commission_ledger sale on sale.payment_line_id = line.id
      where line.payment_id = \(payment) order by line.id
      """)
  }
}
