import FunctionKit

/// What stands between us and the wallet service, for its cross-check.
struct ClearingBalance: Endpoint {
  struct Input: Decodable {
    /// Now unless said.
    var asOf: Instant?
  }

  struct Balance: Codable, Sendable {
    /// Rupiah, debits positive.
    var balance: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Balance {
    try await Balance(balance: context.db.clearingBalance(asOf: input.asOf ?? context.now))
  }
}

extension Database {
  func clearingBalance(asOf time: Instant) async throws -> Int {
    try await one(
      """
      select coalesce(sum(amount), 0)::bigint from transaction_ledger_entry
      where created_at <= \(time)
        and account_id = (select id from ledger_account where code = \(Account.wallet.code))
      """)
  }
}
