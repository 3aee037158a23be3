import FunctionKit

/// Wallets for the staff, newest first.
struct ListWallets: Endpoint {
  struct Input: Decodable, Limited {
    var kind: WalletKind?
    var status: WalletStatus?
    var userId: ID?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<WalletView> {
    let paging = try Paging("wallets", limit: input.limit, cursor: input.cursor)
    let rows: [WalletRecord] = try await context.db.all(
      """
      select \(WalletRecord.columns) from wallet
      where id < \(paging.before) and (\(input.kind)::text is null or kind = \(input.kind))
        and (\(input.status)::text is null or status = \(input.status))
        and (\(input.userId)::uuid is null or user_id = \(input.userId))
      order by id desc limit \(paging.fetch)
      """)
    return paging.page(rows, id: \.id, WalletView.init)
  }
}
