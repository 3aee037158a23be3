import FunctionKit

extension Work {
  /// Keeps that something changed, for timelines and audits.
  func record<S: State>(_ id: ID, from: S?, to: S, note: String? = nil) async throws {
    try await db.run(
      """
      insert into state_history (id, entity, entity_id, from_state, to_state, trigger, actor, note, created_at)
      values (\(context.newID()), \(S.entity), \(id), \(from), \(to), \(trigger), \(actor),
        \(note.map { String($0.prefix(500)) }), \(now))
      """)
  }
}

extension Work {
  /// The same for many things at once.
  func record<S: State>(_ ids: [ID], from: S, to: S) async throws {
    guard !ids.isEmpty else { return }
    try await db.run(
      """
      insert into state_history (id, entity, entity_id, from_state, to_state, trigger, actor, created_at)
      select row.id, \(S.entity), row.entity_id, \(from), \(to), \(trigger), \(actor), \(now)
      from unnest(\(ids.map { _ in context.newID() })::uuid[], \(ids)::uuid[]) as row (id, entity_id)
      """)
  }
}
