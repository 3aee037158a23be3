import FunctionKit

/// The balance of every account, those of wallets put together by bucket; all of them sum to nothing.
struct TrialBalance: Endpoint {
  struct Input: Decodable {
    /// Now unless said.
    var asOf: Instant?
  }

  struct Balances: Codable, Sendable {
    var accounts: [Account]
    var total: Int
  }

  struct Account: Codable, Sendable {
    /// `liab:wallet:*:cash` for that of all wallets.
    var code: String
    /// Rupiah, debits positive.
    var balance: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Balances {
    let accounts: [Account] = try await context.db.all(
      """
      select case when bucket is null then code else 'liab:wallet:*:' || bucket end as code,
        coalesce(sum(amount), 0)::bigint as balance
      from ledger_account
        left join ledger_entry on account_id = ledger_account.id
          and ledger_entry.created_at <= \(input.asOf ?? context.now)
      group by 1 order by 1
      """)
    return Balances(accounts: accounts, total: accounts.map(\.balance).reduce(0, +))
  }
}
