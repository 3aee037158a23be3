import FunctionKit

/// A row of `cashback_award`.
struct AwardRecord: Decodable, Sendable {
  var id: ID
  var ruleId: ID
  var walletId: ID
  var orderId: ID
  var baseAmount: Int
  var amount: Int
  var status: AwardStatus
  var dueAt: Instant

  static let columns: SQL = "id, rule_id, wallet_id, order_id, base_amount, amount, status, due_at"
}

extension Database {
  func cashbackRule(_ id: ID) async throws -> CashbackRule? {
    try await first("select \(CashbackRule.columns) from cashback_rule where id = \(id) and deleted_at is null")
  }
}

extension Work {
  func set(_ award: AwardRecord, to status: AwardStatus, transaction: ID? = nil) async throws {
    try award.status.mustAllow(status)
    try await db.run(
      """
      update cashback_award set status = \(status), transaction_id = \(transaction), updated_at = \(now)
      where id = \(award.id)
      """)
    try await record(award.id, from: award.status, to: status)
  }
}
