import FunctionKit

/// What came into a user's wallet and left it, newest first.
struct ListTransactions: Endpoint {
  struct Input: Decodable, Limited {
    /// A buyer's unless said.
    var kind: WalletKind?
    var type: TransactionRecord.Kind?
    var direction: TransactionRecord.Direction?
    var from: Instant?
    /// Not included.
    var to: Instant?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<TransactionView> {
    let user = try context.requireUser()
    let paging = try Paging("transactions", limit: input.limit, cursor: input.cursor)
    guard let wallet = try await context.db.wallet(input.kind ?? .buyer, ofUser: user) else {
      return Page([], nextCursor: nil)
    }
    let rows: [TransactionRecord] = try await context.db.all(
      """
      select \(TransactionRecord.columns) from wallet_transaction
      where wallet_id = \(wallet.id)
        and seq < coalesce((select seq from wallet_transaction where id = \(paging.before)), 2147483647)
        and (\(input.type)::text is null or type = \(input.type))
        and (\(input.direction)::text is null or direction = \(input.direction))
        and (\(input.from)::timestamptz is null or created_at >= \(input.from))
        and (\(input.to)::timestamptz is null or created_at < \(input.to))
      order by seq desc limit \(paging.fetch)
      """)
    return paging.page(rows, id: \.id, TransactionView.init)
  }
}
