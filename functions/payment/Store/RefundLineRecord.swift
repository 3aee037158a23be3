import FunctionKit

/// A row of `refund_line`: what of one seller's part of a payment goes back.
struct RefundLineRecord: Decodable, Sendable, Equatable {
  var id: ID
  var paymentLineId: ID
  var purpose = Purpose.order
  var sellerId: ID?
  var merchandise: Int
  var shipping: Int
  var tax: Int
  var fee: Int
  var sellerReversal: Int
  var commissionReturned: Int

  var returned: Journal.ReturnedLine {
    Journal.ReturnedLine(
      purpose: purpose, seller: sellerId,
      parts: RefundParts(merchandise: merchandise, tax: tax, shipping: shipping, fee: fee),
      sellerReversal: sellerReversal)
  }
}

extension Database {
  /// In a fixed order.
  func refundLines(of refund: ID) async throws -> [RefundLineRecord] {
    try await all(
      """
      select part.id, part.payment_line_id, payment.purpose, line.seller_id, part.merchandise, part.shipping, part.tax, part.fee,
        part.seller_reversal, part.commission_returned
      from refund_line part join payment_line line on line.id = part.payment_line_id
        join payment on payment.id = line.payment_id
      where part.refund_id = \(refund) order by part.payment_line_id
      """)
  }
}
