import FunctionKit

/// Ends a rule; what it has promised is still credited.
struct DeleteCashbackRule: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> NoContent {
    let ended = try await context.db.run(
      """
      update cashback_rule set deleted_at = \(context.now), is_active = false, version = version + 1,
        updated_at = \(context.now)
      where id = \(input.id) and deleted_at is null
      """)
    guard ended == 1 else { throw Problem.notFound("cashback rule") }
    return NoContent()
  }
}
