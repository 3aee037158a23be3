import FunctionKit

extension Work {
  /// Writes journals into the books. One that is there already is left alone, so posting again changes no balance.
  func post(_ journals: [Journal]) async throws {
    let drafts = journals.filter { !$0.entries.isEmpty }.map { JournalDraft(id: context.newID(), journal: $0) }
    guard !drafts.isEmpty else { return }
    // All accounts first and in one order: two transactions that each need a new one of the other's must not meet.
    try await open(Set(drafts.flatMap { $0.journal.entries.map(\.account) }))
    let written = try await writeHeaders(drafts)
    try await writeEntries(drafts.filter { written.contains($0.id) })
  }

  private func open(_ accounts: Set<Account>) async throws {
    let rows = accounts.sorted { $0.code < $1.code }
      .map { AccountRow(id: context.newID(), code: $0.code, kind: $0.kind, owner: $0.owner) }
    try await db.run(
      """
      insert into ledger_account (id, code, kind, owner_id, created_at, updated_at)
      select id, code, kind, owner, \(now), \(now)
      from jsonb_to_recordset(\(AsJSON(rows))::jsonb) as account (id uuid, code text, kind text, owner uuid)
      order by code
      on conflict (code) do nothing
      """)
  }

  /// - Returns: those that were not there yet.
  private func writeHeaders(_ drafts: [JournalDraft]) async throws -> Set<ID> {
    let written: [ID] = try await db.all(
      """
      insert into transaction_ledger
        (id, kind, reference_type, reference_id, description, occurred_at, actor, created_at)
      select id, kind, type, reference, description, \(now), \(trigger), \(now)
      from jsonb_to_recordset(\(AsJSON(drafts.map(JournalRow.init)))::jsonb)
        as journal (id uuid, kind text, type text, reference uuid, description text)
      on conflict (kind, reference_type, reference_id) do nothing
      returning id
      """)
    return Set(written)
  }

  private func writeEntries(_ drafts: [JournalDraft]) async throws {
    guard !drafts.isEmpty else { return }
    try await db.run(
      """
      insert into transaction_ledger_entry (transaction_id, account_id, amount, seq, created_at)
      select entry.journal, account.id, entry.amount, entry.seq, \(now)
      from jsonb_to_recordset(\(AsJSON(drafts.flatMap(\.entryRows)))::jsonb)
        as entry (journal uuid, code text, amount bigint, seq smallint)
      join ledger_account account on account.code = entry.code
      order by entry.journal, entry.seq
      """)
  }
}

/// A journal with the id that it gets if it is new.
private struct JournalDraft {
  let id: ID
  let journal: Journal

  var entryRows: [EntryRow] {
    journal.entries.enumerated().map { seq, entry in
      EntryRow(journal: id, code: entry.account.code, amount: entry.amount, seq: seq + 1)
    }
  }
}

private struct AccountRow: Encodable {
  var id: ID
  var code: String
  var kind: String
  var owner: ID?
}

private struct JournalRow: Encodable {
  var id: ID
  var kind: String
  var type: String
  var reference: ID
  var description: String

  init(_ draft: JournalDraft) {
    id = draft.id
    kind = draft.journal.kind.rawValue
    type = draft.journal.reference.type
    reference = draft.journal.reference.id
    description = draft.journal.description
  }
}

private struct EntryRow: Encodable {
  var journal: ID
  var code: String
  var amount: Int
  var seq: Int
}
