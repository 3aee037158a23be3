import FunctionKit

/// The accounts that there are, by code, with what each has now.
struct ListLedgerAccounts: Endpoint {
  enum Kind: String, Codable, SQLValue, Sendable, CaseIterable { case asset, liability, revenue, expense, clearing }

  struct Input: Decodable, Limited {
    var kind: Kind?
    /// The seller whose account it is.
    var ownerId: ID?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  struct Account: Codable, Sendable {
    var code: String
    var kind: Kind
    var ownerId: ID?
    var closedAt: Instant?
    /// Rupiah, debits positive.
    var balance: Int
  }

  private static let list = "ledger_accounts"

  func handle(_ input: Input, context: Context) async throws -> Page<Account> {
    var validation = Validation()
    validation.range(input.limit, "limit", Paging.most)
    try validation.finish()
    let limit = input.limit ?? 20
    let after = try Cursor(input.cursor, list: Self.list)?.position ?? ""
    let conditions = [["code > \(after)"], SQL.equal("kind", input.kind), SQL.equal("owner_id", input.ownerId)]
    let found: [Account] = try await context.db.all(
      """
      select code, kind, owner_id, closed_at, (select coalesce(sum(amount), 0)::bigint
        from transaction_ledger_entry where account_id = account.id) as balance
      from (select * from ledger_account where \(.all(conditions.flatMap { $0 })) order by code limit \(limit + 1)) account
      order by code
      """)
    let shown = found.prefix(limit)
    let next = found.count > limit ? shown.last.map { Cursor.text(list: Self.list, position: $0.code) } : nil
    return Page(Array(shown), nextCursor: next)
  }
}
