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
}
