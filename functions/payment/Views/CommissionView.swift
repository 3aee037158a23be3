import FunctionKit

/// A commission as sellers, finance and services see it.
struct CommissionView: Codable, Sendable {
  var id: ID
  var ledgerNumber: String
  var orderId: ID
  var sellerId: ID
  var baseAmount: Int
  var reversedBase: Int
  var rateBp: Int
  var commissionAmount: Int
  var status: CommissionStatus
  var settlementId: ID?
  /// Since when a settlement may take it.
  var collectibleAt: Instant?

  init(_ record: CommissionRecord) {
    id = record.id
    ledgerNumber = record.ledgerNumber
    orderId = record.orderId
    sellerId = record.sellerId
    baseAmount = record.baseAmount
    reversedBase = record.reversedBase
    rateBp = record.rateBp
    commissionAmount = record.commissionAmount
    status = record.status
    settlementId = record.settlementId
    collectibleAt = record.collectibleAt
  }
}
