import FunctionKit

/// Keeps what a person has found out and done about a difference, once.
struct ResolveReconciliationItem: Endpoint {
  struct Input: Decodable, Limited {
    var id: ID
    var resolution: ReconciliationResolution
    var note: String

    static let limits: [String: FieldLimit] = ["note": .text(noteLength)]
    static let noteLength = 3...1000
  }

  func handle(_ input: Input, context: Context) async throws -> ReconciliationItemView {
    var validation = Validation()
    validation.text(input.note, "note", length: Input.noteLength)
    try validation.finish()
    let user = try context.requireUser()
    let held: ReconciliationItemView? = try await context.db.first(
      """
      select \(ReconciliationItemView.columns) from reconciliation_item where id = \(input.id) for no key update
      """)
    guard let held else { throw Problem.notFound("reconciliation item") }
    guard held.resolution == nil, !held.healed else {
      throw Problem(409, "invalid_state", "This difference was \(held.healed ? "healed" : "resolved") already.")
    }
    return try await context.db.one(
      """
      update reconciliation_item set resolution = \(input.resolution), resolved_by = \(user.description),
        resolved_at = \(context.now), note = \(input.note), updated_at = \(context.now)
      where id = \(input.id) returning \(ReconciliationItemView.columns)
      """)
  }
}
