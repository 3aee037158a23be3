import FunctionKit

/// A sale is completed, so that the next settlement may take the commission on it.
struct CommissionCollectible: Event {
  static let type = "commission.collectible"

  var commissionId: ID
  var ledgerNumber: String
  var orderId: ID
  var sellerId: ID
  var baseAmount: Int
  var rateBp: Int
  var commissionAmount: Int
  var settlementId: ID?
  var at: Instant

  var subject: String { commissionId.description }

  init(_ record: CommissionRecord, at: Instant) {
    commissionId = record.id
    ledgerNumber = record.ledgerNumber
    orderId = record.orderId
    sellerId = record.sellerId
    baseAmount = record.baseAmount
    rateBp = record.rateBp
    commissionAmount = record.commissionAmount
    settlementId = record.settlementId
    self.at = at
  }
}
