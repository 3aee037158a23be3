import FunctionKit

/// A row of `wallet`.
struct WalletRecord: Decodable, Sendable, Equatable {
  var id: ID
  var kind: WalletKind
  var ownerId: ID
  var userId: ID
  var status: WalletStatus
  var frozenAt: Instant?
  var frozenReason: String?
  var cashBalance: Int
  var promoBalance: Int
  var heldBalance: Int
  var totalCredited: Int
  var totalDebited: Int
  var totalCashback: Int
  var autoWithdraw: Bool
  var autoAccountId: ID?
  var transactionCount: Int
  var version: Int
  var createdAt: Instant

  static let columns: SQL = """
    id, kind, owner_id, user_id, status, frozen_at, frozen_reason, cash_balance, promo_balance, held_balance,
    total_credited, total_debited, total_cashback, auto_withdraw, auto_account_id, transaction_count, version,
    created_at
    """

  /// All that the user owns, free or set aside.
  var total: Int { cashBalance + promoBalance + heldBalance }
}

extension Database {
  func wallet(_ id: ID) async throws -> WalletRecord? {
    try await first("select \(WalletRecord.columns) from wallet where id = \(id)")
  }

  func wallet(_ kind: WalletKind, ofOwner owner: ID) async throws -> WalletRecord? {
    try await first("select \(WalletRecord.columns) from wallet where kind = \(kind) and owner_id = \(owner)")
  }

  /// The one that a user sees; what is suspended is as if it were not there.
  func wallet(_ kind: WalletKind, ofUser user: ID) async throws -> WalletRecord? {
    try await first(
      """
      select \(WalletRecord.columns) from wallet where kind = \(kind) and user_id = \(user) and status <> 'suspended'
      order by id limit 1
      """)
  }
}
