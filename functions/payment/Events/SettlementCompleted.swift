import FunctionKit

/// A seller's week is paid: the wallet credits the net amount.
struct SettlementCompleted: Event {
  static let type = "settlement.completed"
  static let mostOrders = 1000

  var settlementId: ID
  var settlementNumber: String
  var batchId: ID
  var sellerId: ID
  var sellerUserId: ID
  /// A Monday.
  var periodStart: String
  /// The Sunday, which belongs to it.
  var periodEnd: String
  /// Nil when there are too many to list.
  var orderIds: [ID]?
  var grossAmount: Int
  var refundAmount: Int
  var commissionBp: Int
  var commissionAmount: Int
  var adjustmentAmount: Int
  var carryInAmount: Int
  /// More than nothing.
  var netAmount: Int
  var orderCount: Int
  var completedAt: Instant

  var subject: String { settlementId.description }

  init(_ settlement: SettlementRecord, _ lines: [SettlementLineRecord], rateBp: Int, at: Instant) {
    settlementId = settlement.id
    settlementNumber = settlement.settlementNumber
    batchId = settlement.batchId
    sellerId = settlement.sellerId
    sellerUserId = settlement.sellerUserId
    periodStart = settlement.period.firstDay
    periodEnd = settlement.period.lastDay
    orderIds = lines.count > Self.mostOrders ? nil : lines.map(\.orderId)
    grossAmount = settlement.gross
    refundAmount = settlement.refunds
    commissionBp = rateBp
    commissionAmount = settlement.commission
    adjustmentAmount = settlement.adjustments
    carryInAmount = settlement.carryIn
    netAmount = settlement.net
    orderCount = settlement.orderCount
    completedAt = at
  }
}
