import FunctionKit

/// A row of `withdrawal_request`.
struct WithdrawalRecord: Decodable, Sendable, Equatable {
  var id: ID
  var withdrawalNumber: String
  var walletId: ID
  var holdId: ID
  var bankAccountId: ID
  var amount: Int
  var fee: Int
  var netAmount: Int
  var channelCode: String
  var accountLast4: String
  var accountHolder: String
  var status: WithdrawalStatus
  var isAuto: Bool
  var reviewReason: String?
  var failureCode: String?
  var payoutId: ID?
  var attempt: Int
  var reviewedAt: Instant?
  var processingAt: Instant?
  var completedAt: Instant?
  var failedAt: Instant?
  var version: Int
  var createdAt: Instant

  static let columns: SQL = """
    id, withdrawal_number, wallet_id, hold_id, bank_account_id, amount, fee, net_amount, channel_code, account_last4,
    account_holder, status, is_auto, review_reason, failure_code, payout_id, attempt, reviewed_at, processing_at,
    completed_at, failed_at, version, created_at
    """

  var reference: Journal.Reference { Journal.Reference(type: "withdrawal", id: id) }
}

extension Database {
  func withdrawal(_ id: ID) async throws -> WithdrawalRecord? {
    try await first("select \(WithdrawalRecord.columns) from withdrawal_request where id = \(id)")
  }

  func withdrawal(_ id: ID, ofUser user: ID) async throws -> WithdrawalRecord? {
    try await first(
      """
      select \(WithdrawalRecord.columns) from withdrawal_request
      where id = \(id) and wallet_id in (select id from wallet where user_id = \(user) and status <> 'suspended')
      """)
  }
}

extension Work {
  /// A withdrawal and its wallet, locked.
  func lock(withdrawal id: ID) async throws -> (withdrawal: WithdrawalRecord, wallet: WalletRecord)? {
    guard let found = try await db.withdrawal(id) else { return nil }
    let wallet = try await lockWallet(found.walletId)
    let withdrawal: WithdrawalRecord = try await db.one(
      "select \(WithdrawalRecord.columns) from withdrawal_request where id = \(id) for update")
    return (withdrawal, wallet)
  }

  /// Moves a withdrawal on.
  func set(_ withdrawal: WithdrawalRecord, to status: WithdrawalStatus, _ note: String? = nil) async throws {
    try withdrawal.status.mustAllow(status)
    try await db.run(
      """
      update withdrawal_request set status = \(status), version = version + 1, updated_at = \(now)
      where id = \(withdrawal.id)
      """)
    try await record(withdrawal.id, from: withdrawal.status, to: status, note: note)
  }
}
