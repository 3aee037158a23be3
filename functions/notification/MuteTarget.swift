import FunctionKit

/// Stops telling a user about a post, or about what another user does.
struct MuteTarget: Endpoint {
  enum Kind: String, Codable, CaseIterable, Sendable, SQLValue { case post, user }

  struct Input: Decodable {
    var type: Kind
    var targetId: ID
  }

  func handle(_ input: Input, context: Context) async throws -> NoContent {
    let user = try context.requireUser()
    try await context.db.requireAccount(of: user)
    try await context.db.run(
      """
      insert into muted_target (user_id, target_type, target_id, created_at)
      values (\(user), \(input.type), \(input.targetId), \(context.now)) on conflict do nothing
      """)
    return NoContent()
  }
}
