import FunctionKit

/// What a history tells of.
enum Recorded: String, Sendable, SQLValue {
  case address, region, metro, dataset
  case addressBook = "address_book"
}

extension Work {
  /// Keeps who changed, erased or looked at something.
  /// - Parameter entity: an id, or a region's code.
  func record(_ kind: Recorded, _ entity: String, to state: String, note: String? = nil) async throws {
    try await db.run(
      """
      insert into state_history (id, entity, entity_id, to_state, trigger, actor, note, created_at)
      values (\(context.newID()), \(kind), \(entity), \(state), \(trigger), \(actor),
        \(note.map { String($0.prefix(500)) }), \(now))
      """)
  }
}
