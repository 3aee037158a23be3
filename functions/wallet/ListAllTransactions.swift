import FunctionKit

/// What moved in all wallets, for the staff, newest first.
struct ListAllTransactions: Endpoint {
  struct Input: Decodable, Limited {
    var walletId: ID?
    var type: TransactionRecord.Kind?
    var direction: TransactionRecord.Direction?
    var referenceId: ID?
    var paymentId: ID?
    var from: Instant?
    /// Not included.
    var to: Instant?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<TransactionView> {
    let paging = try Paging("all_transactions", limit: input.limit, cursor: input.cursor)
    let rows: [TransactionRecord] = try await context.db.all(
      """
      select \(TransactionRecord.columns) from wallet_transaction
      where id < \(paging.before) and (\(input.walletId)::uuid is null or wallet_id = \(input.walletId))
        and (\(input.type)::text is null or type = \(input.type))
        and (\(input.direction)::text is null or direction = \(input.direction))
        and (\(input.referenceId)::uuid is null or reference_id = \(input.referenceId))
        and (\(input.paymentId)::uuid is null or payment_id = \(input.paymentId))
        and (\(input.from)::timestamptz is null or created_at >= \(input.from))
        and (\(input.to)::timestamptz is null or created_at < \(input.to))
      order by id desc limit \(paging.fetch)
      """)
    return paging.page(rows, id: \.id, TransactionView.init)
  }
}
