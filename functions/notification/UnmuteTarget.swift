import FunctionKit

/// Lets a user hear of a post, or of another user, again.
struct UnmuteTarget: Endpoint {
  struct Input: Decodable {
    var type: MuteTarget.Kind
    var targetId: ID
  }

  func handle(_ input: Input, context: Context) async throws -> NoContent {
    let user = try context.requireUser()
    try await context.db.run(
      """
      delete from muted_target where user_id = \(user) and target_type = \(input.type) and target_id = \(input.targetId)
      """)
    return NoContent()
  }
}
