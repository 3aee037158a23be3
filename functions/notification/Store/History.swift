import FunctionKit

extension Work {
  /// Keeps that something changed, for audits.
  func record<S: State>(_ id: ID, from: S?, to: S, because trigger: String, note: String? = nil) async throws {
    try await db.run(
      """
      insert into state_history (id, entity, entity_id, from_state, to_state, trigger, actor, note, created_at)
      values (\(context.newID()), \(S.entity), \(id), \(from), \(to), \(trigger),
        \(context.caller.userID?.description ?? "system"), \(note.map { String($0.prefix(500)) }), \(now))
      """)
  }
}
