import FunctionKit

/// A settlement as its seller and finance see it.
struct SettlementView: Codable, Sendable {
  var id: ID
  var settlementNumber: String
  var batchId: ID
  var sellerId: ID
  var sellerUserId: ID
  /// A Monday.
  var periodStart: String
  /// The Sunday, which belongs to it.
  var periodEnd: String
  var gross: Int
  var refunds: Int
  var commission: Int
  /// Less than nothing when they take more than they add.
  var adjustments: Int
  var carryIn: Int
  var net: Int
  var carryOut: Int
  var orderCount: Int
  var status: SettlementStatus
  var holdReason: String?
  var approvedBy: String?
  var approvedAt: Instant?
  var completedAt: Instant?
  var createdAt: Instant
  var version: Int

  init(_ settlement: SettlementRecord) {
    id = settlement.id
    settlementNumber = settlement.settlementNumber
    batchId = settlement.batchId
    sellerId = settlement.sellerId
    sellerUserId = settlement.sellerUserId
    periodStart = settlement.period.firstDay
    periodEnd = settlement.period.lastDay
    gross = settlement.gross
    refunds = settlement.refunds
    commission = settlement.commission
    adjustments = settlement.adjustments
    carryIn = settlement.carryIn
    net = settlement.net
    carryOut = settlement.carryOut
    orderCount = settlement.orderCount
    status = settlement.status
    holdReason = settlement.holdReason
    approvedBy = settlement.approvedBy
    approvedAt = settlement.approvedAt
    completedAt = settlement.completedAt
    createdAt = settlement.createdAt
    version = settlement.version
  }

  /// The settlement as it is now, with its version as `ETag`.
  static func reply(_ id: ID, from db: Database) async throws -> Reply<SettlementView> {
    guard let settlement = try await db.settlement(id) else { throw Problem.notFound("settlement") }
    return Reply(SettlementView(settlement)).version(settlement.version)
  }
}
