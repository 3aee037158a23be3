import FunctionKit

/// What was written into the books, newest first.
struct RecentTransactions: Endpoint {
  struct Input: Decodable, Limited {
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  struct Row: Codable, Sendable {
    var id: ID
    var kind: String
    var referenceType: String
    var referenceId: ID
    var description: String
    /// Rupiah, what was debited.
    var amount: Int
    var actor: String
    var occurredAt: Instant
  }

  func handle(_ input: Input, context: Context) async throws -> Page<Row> {
    let paging = try Paging("recent_transactions", limit: input.limit, cursor: input.cursor)
    let rows: [Row] = try await context.db.all(
      """
      select id, kind, reference_type, reference_id, description, actor, occurred_at,
        (select coalesce(sum(amount), 0)::bigint from transaction_ledger_entry
          where transaction_id = journal.id and amount > 0) as amount
      from transaction_ledger journal where id < \(paging.before) order by id desc limit \(paging.fetch)
      """)
    return paging.page(rows, id: \.id) { $0 }
  }
}
