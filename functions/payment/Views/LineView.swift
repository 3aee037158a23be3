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

extension LineView {
  private enum Columns: String, CodingKey {
    case sellerId, lineMerchandiseAmount, linePlatformDiscount, lineShippingAmount, lineShippingDiscount
    case lineTaxAmount, lineFeeAmount
  }

  /// From the columns of a line beside a payment's.
  init(id: ID, row decoder: any Decoder) throws {
    let row = try decoder.container(keyedBy: Columns.self)
    self.id = id
    sellerId = try row.decodeIfPresent(ID.self, forKey: .sellerId)
    merchandiseAmount = try row.decode(Int.self, forKey: .lineMerchandiseAmount)
    platformDiscount = try row.decode(Int.self, forKey: .linePlatformDiscount)
    shippingAmount = try row.decode(Int.self, forKey: .lineShippingAmount)
    shippingDiscount = try row.decode(Int.self, forKey: .lineShippingDiscount)
    taxAmount = try row.decode(Int.self, forKey: .lineTaxAmount)
    feeAmount = try row.decode(Int.self, forKey: .lineFeeAmount)
  }
}
