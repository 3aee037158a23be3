import FunctionKit

extension Work {
  /// Writes journals into the books. One that is there already is left alone, so posting again changes no balance.
  func post(_ journals: [Journal]) async throws {
    let journals = journals.filter { !$0.entries.isEmpty }
    // All accounts first and in one order: two transactions that each need a new one of the other's must not meet.
    let accounts = Set(journals.flatMap { $0.entries.map(\.account) })
    for account in accounts.sorted(by: { $0.code < $1.code }) { try await open(account) }
    for journal in journals { try await post(journal) }
  }

  private func open(_ account: Account) async throws {
    try await db.run(
      """
      insert into ledger_account (id, code, kind, owner_id, created_at, updated_at)
      values (\(context.newID()), \(account.code), \(account.kind), \(account.owner), \(now), \(now))
      on conflict (code) do nothing
      """)
  }

  private func post(_ journal: Journal) async throws {
    let id = context.newID()
    let isNew = try await db.run(
      """
      insert into transaction_ledger
        (id, kind, reference_type, reference_id, description, occurred_at, actor, created_at)
      values (\(id), \(journal.kind.rawValue), \(journal.reference.type), \(journal.reference.id),
        \(journal.description), \(now), \(trigger), \(now))
      on conflict (kind, reference_type, reference_id) do nothing
      """)
    guard isNew == 1 else { return }
    try await db.run(
      """
      insert into transaction_ledger_entry (transaction_id, account_id, amount, seq, created_at)
      select \(id), account.id, entry.amount, entry.seq, \(now)
      from unnest(\(journal.entries.map(\.account.code))::text[], \(journal.entries.map(\.amount))::bigint[])
        with ordinality as entry (code, amount, seq)
      join ledger_account account on account.code = entry.code
      """)
  }
}
