import FunctionKit

extension Work {
  /// Writes a journal into the books, which moves the balances of the wallet that it is about.
  /// - Returns: nil when it is there already, and then nothing has changed.
  func post(_ journal: Journal) async throws -> ID? {
    let id = context.newID()
    let isNew = try await db.run(
      """
      insert into ledger_transaction
        (id, kind, reference_type, reference_id, description, occurred_at, actor, created_at)
      values (\(id), \(journal.kind.rawValue), \(journal.reference.type), \(journal.reference.id),
        \(String(journal.description.prefix(255))), \(now), \(actor), \(now))
      on conflict (kind, reference_type, reference_id) do nothing
      """)
    guard isNew == 1 else { return nil }
    try await db.run(
      """
      insert into ledger_entry (transaction_id, account_id, amount, seq, created_at)
      select \(id), account.id, entry.amount, entry.seq, \(now)
      from unnest(\(journal.entries.map(\.account.code))::text[], \(journal.entries.map(\.amount))::bigint[])
        with ordinality as entry (code, amount, seq)
      join ledger_account account on account.code = entry.code
      """)
    return id
  }
}
