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

  func handle(_ input: Input, context: Context) async throws -> Page<Account> {
    let paging = try PagingBy<String>("ledger_accounts", limit: input.limit, cursor: input.cursor)
    let found: [Account] = try await context.db.all(Self.statement(input, paging))
    return paging.page(found, by: \.code) { $0 }
  }

  static func statement(_ input: Input, _ paging: PagingBy<String>) -> SQL {
    let conditions =
      [["code > \(paging.last ?? "")"], SQL.equal("kind", input.kind), SQL.equal("owner_id", input.ownerId)]
    return """
      select code, kind, owner_id, closed_at, (select coalesce(sum(amount), 0)::bigint
        from transaction_ledger_entry where account_id = account.id) as balance
      from (select * from ledger_account where \(.all(conditions.flatMap { $0 }))
        order by code limit \(paging.fetch)) account
      order by code
      """
  }
}
