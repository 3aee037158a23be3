import FunctionKit

/// The entries of one account, newest first.
struct LedgerEntries: Endpoint {
  struct Input: Decodable, Limited {
    /// Such as `clearing:payment`.
    var account: String
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["account": .text(1...80), "limit": Paging.limit]
  }

  struct Entry: Codable, Sendable {
    var transactionId: ID
    var kind: String
    var referenceType: String
    var referenceId: ID
    var description: String
    /// Rupiah, debits positive.
    var amount: Int
    var occurredAt: Instant
    var actor: String
  }

  func handle(_ input: Input, context: Context) async throws -> Page<Entry> {
    let paging = try Paging("ledger_entries", limit: input.limit, cursor: input.cursor)
    let rows: [Entry] = try await context.db.all(
      """
      select transaction_id, kind, reference_type, reference_id, description, amount, occurred_at, actor
      from ledger_entry join ledger_transaction on ledger_transaction.id = transaction_id
      where account_id = (select id from ledger_account where code = \(input.account))
        and ledger_entry.id < coalesce(
          (select min(id) from ledger_entry where transaction_id = \(paging.before)), 9223372036854775807)
      order by ledger_entry.id desc limit \(paging.fetch)
      """)
    return paging.page(rows, id: \.transactionId) { $0 }
  }
}
