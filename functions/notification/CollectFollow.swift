import FunctionKit

/// Gathers a user's new followers.
struct CollectFollow: EventHandler {
  struct Input: Decodable {
    var followerId: ID
    var followerName: String?
    var followingId: ID
  }

  func handle(_ input: Input, context: Context) async throws {
    guard let event = context.event else { return }
    try await context.ownWork.collect(
      Reaction(
        action: .followed, recipient: input.followingId, actor: input.followerId, name: input.followerName,
        target: input.followingId,
        at: event.time))
  }
}
