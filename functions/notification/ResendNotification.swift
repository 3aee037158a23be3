import FunctionKit

/// Has a message that failed tried again, at once or when its user's quiet hours are over. It goes to the address that the
/// user has now, five times at most, and falls back as it did before; its earlier attempts stay in the list.
struct ResendNotification: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  /// Without its text: what is answered is kept for repeats, also when the user's account is deleted meanwhile.
  struct Resent: Codable, Sendable {
    var id: ID
    var channel: Channel
    var status: MessageStatus
    /// All so far; five more are to come at most.
    var attempts: Int
    var nextAttemptAt: Instant
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<Resent> {
    let work = context.ownWork
    try await work.resend(input.id)
    let resent: Resent = try await work.db.one(
      """
      select id, channel, status, attempts::int as attempts, next_attempt_at from notification where id = \(input.id)
      """)
    return Reply(resent, status: 202)
  }
}
