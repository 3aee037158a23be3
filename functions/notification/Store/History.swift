import FunctionKit

extension Work {
  /// Keeps what somebody changed by hand, and who it was.
  func record(_ entity: String, _ id: ID, from: String?, to: String, trigger: String, note: String?) async throws {
    try await db.run(
      """
      insert into state_history (id, entity, entity_id, from_state, to_state, trigger, actor, note, created_at)
      values (\(context.newID()), \(entity), \(id), \(from), \(to), \(trigger),
        \(context.caller.userID?.description ?? "system"), \(note.map { String($0.prefix(500)) }), \(now))
      """)
  }
}

extension Work {
  /// The same of something that has states.
  func record<S: State>(_ id: ID, from: S?, to: S, because trigger: String, note: String? = nil) async throws {
    try await record(S.entity, id, from: from?.rawValue, to: to.rawValue, trigger: trigger, note: note)
  }
}
