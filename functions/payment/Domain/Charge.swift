import FunctionKit

/// What an order costs whom, without the fee, to tell whether two requests ask for the same.
///
/// What the platform pays the courier is no part of it: the buyer does not pay it, and the order's event may fill it in
/// after the request.
struct Charge: Hashable {
  struct Line: Hashable {
    var seller: ID?
    var amounts: Amounts

    init(seller: ID?, amounts: Amounts) {
      self.seller = seller
      self.amounts = amounts
    }

    init(_ line: CreatePayment.Line) {
      seller = line.sellerId
      amounts = line.amounts
      amounts.shippingDiscount = 0
    }

    init(_ line: LineRecord) {
      seller = line.sellerId
      amounts = line.amounts
      amounts.fee = 0
      amounts.shippingDiscount = 0
    }
  }

  var order: ID
  var lines: Set<Line>

  init(order: ID, lines: [Line]) {
    self.order = order
    self.lines = Set(lines)
  }
}
