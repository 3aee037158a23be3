import FunctionKit

/// A row of `bank_account` that is not deleted.
struct BankAccountRecord: Decodable, Sendable {
  var id: ID
  var userId: ID
  var channelCode: String
  var accountNumberEnc: Sealed
  var accountLast4: String
  var accountHolder: String
  var status: BankAccountStatus
  var isDefault: Bool
  var usableFrom: Instant
  var createdAt: Instant

  static let columns: SQL = """
    id, user_id, channel_code, account_number_enc, account_last4, account_holder, status, is_default, usable_from,
    created_at
    """

  static let sealingKey = "WALLET_SEALING_KEY"
  /// What a number is sealed for, so that no row's opens as another's.
  static func place(_ id: ID) -> String { "bank_account:\(id)" }
}

extension Database {
  func bankAccount(_ id: ID, of user: ID) async throws -> BankAccountRecord? {
    try await first(
      """
      select \(BankAccountRecord.columns) from bank_account
      where id = \(id) and user_id = \(user) and deleted_at is null
      """)
  }

  func bankAccounts(of user: ID) async throws -> [BankAccountRecord] {
    try await all(
      """
      select \(BankAccountRecord.columns) from bank_account where user_id = \(user) and deleted_at is null
      order by id desc
      """)
  }
}

extension Work {
  /// Makes changes to a user's accounts wait for each other.
  func holdAccounts(of user: ID) async throws { try await lock("bank_account:\(user)") }
}
