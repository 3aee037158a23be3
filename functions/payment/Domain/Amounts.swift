/// What a payment, or one seller's part of it, is made of, in rupiah.
struct Amounts: Sendable, Hashable {
  /// No part of an invoice is beyond this.
  static let range = 0...2_000_000_000

  var merchandise = 0
  /// The part of the merchandise that the platform pays.
  var platformDiscount = 0
  var shipping = 0
  /// What the platform adds to the shipping for the courier; the buyer never sees it.
  var shippingDiscount = 0
  var tax = 0
  var fee = 0

  /// What the buyer pays for the goods: the base of the fee.
  var goods: Int { merchandise - platformDiscount }
  /// What the buyer owes before the fee.
  var due: Int { goods + shipping + tax }
  var total: Int { due + fee }

  static func + (a: Amounts, b: Amounts) -> Amounts {
    Amounts(
      merchandise: a.merchandise + b.merchandise, platformDiscount: a.platformDiscount + b.platformDiscount,
      shipping: a.shipping + b.shipping, shippingDiscount: a.shippingDiscount + b.shippingDiscount,
      tax: a.tax + b.tax, fee: a.fee + b.fee)
  }
}

extension Sequence where Element == Amounts {
  func sum() -> Amounts { reduce(Amounts(), +) }
}
