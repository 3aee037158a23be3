import FunctionKit

/// One seller's part of a payment, as callers see it.
struct LineView: Codable, Sendable {
  var id: ID
  var sellerId: ID?
  var merchandiseAmount: Int
  var platformDiscount: Int
  var shippingAmount: Int
  var shippingDiscount: Int
  var taxAmount: Int
  var feeAmount: Int

  init(_ line: LineRecord) {
    id = line.id
    sellerId = line.sellerId
    merchandiseAmount = line.merchandiseAmount
    platformDiscount = line.platformDiscount
    shippingAmount = line.shippingAmount
    shippingDiscount = line.shippingDiscount
    taxAmount = line.taxAmount
    feeAmount = line.feeAmount
  }
}
