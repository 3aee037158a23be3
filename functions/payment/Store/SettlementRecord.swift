import FunctionKit

/// A row of `settlement`: a seller's part of a week.
struct SettlementRecord: Decodable, Sendable, Equatable {
  var id: ID
  var settlementNumber: String
  var batchId: ID
  var period: SettlementPeriod
  var sellerId: ID
  var sellerUserId: ID
  var gross: Int
  var refunds: Int
  var commission: Int
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
  var version: Int
  var createdAt: Instant

  static let columns: SQL = """
    id, settlement_number, batch_id,
    (select to_char(period_start, 'YYYY-MM-DD') from settlement_batch where settlement_batch.id = batch_id) as period,
    seller_id, seller_user_id, gross, refunds, commission, adjustments, carry_in, net, carry_out, order_count, status,
    hold_reason, approved_by, approved_at, completed_at, version, created_at
    """
}

/// A row of `settlement_line`: one sale in the settlement that pays it.
struct SettlementLineRecord: Decodable, Sendable, Equatable {
  var commissionId: ID
  var orderId: ID
  var gross: Int
  var refunds: Int
  var commission: Int
  var net: Int
}

extension Database {
  func settlement(_ id: ID) async throws -> SettlementRecord? {
    try await first("select \(SettlementRecord.columns) from settlement where id = \(id)")
  }

  /// The first of them only: a big seller's week has many.
  func settlementLines(of settlement: ID, most: Int) async throws -> [SettlementLineRecord] {
    try await all(
      """
      select commission_id, order_id, gross, refunds, commission, net from settlement_line
      where settlement_id = \(settlement) order by commission_id limit \(most)
      """)
  }

  /// Why a seller's settlements wait; nil when they do not.
  func holdReason(of seller: ID) async throws -> String? {
    try await first("select reason from seller_hold where seller_id = \(seller)")
  }
}

extension Work {
  /// The settlement, after every other one of its seller is done with.
  func holdSettlement(_ id: ID) async throws -> SettlementRecord? {
    guard let seller = try await db.settlement(id)?.sellerId else { return nil }
    try await lockSettlements(of: seller)
    return try await db.first(
      "select \(SettlementRecord.columns) from settlement where id = \(id) for no key update")
  }
}
