import FunctionKit

/// The balance of every account, those of sellers put together; all of them sum to nothing.
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
    /// `liab:seller:*` for that of all sellers.
    var code: String
    var kind: String
    /// Rupiah, debits positive.
    var balance: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Balances {
    let accounts: [Account] = try await context.db.all(
      """
      select case when owner_id is null then code else 'liab:seller:*' end as code, min(kind) as kind,
        coalesce(sum(entry.amount), 0)::bigint as balance
      from ledger_account account left join transaction_ledger_entry entry
        on entry.account_id = account.id and entry.created_at <= \(input.asOf ?? context.now)
      group by 1 order by 1
      """)
    return Balances(accounts: accounts, total: accounts.map(\.balance).reduce(0, +))
  }
}
