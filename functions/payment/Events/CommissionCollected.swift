import FunctionKit

/// A settlement has taken what a seller owed for a sale.
struct CommissionCollected: Event {
  static let type = "commission.collected"

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
