import FunctionKit

/// Takes back what was not told yet: who unlikes within the window was never there.
struct RetractReaction: EventHandler {
  struct Input: Decodable {
    var postId: ID?
    var postAuthorId: ID?
    var userId: ID?
    var followerId: ID?
    var followingId: ID?
  }

  func handle(_ input: Input, context: Context) async throws {
    guard let event = context.event, let action = Self.actions[event.type] else { return }
    guard let actor = input.userId ?? input.followerId, let recipient = input.postAuthorId ?? input.followingId,
      let target = input.postId ?? input.followingId
    else { return }
    try await context.ownWork.retract(
      Reaction(action: action, recipient: recipient, actor: actor, target: target, at: event.time))
  }

  private static let actions: [String: SocialAction] = [
    "post.unliked": .liked, "post.unsaved": .saved, "user.unfollowed": .followed,
  ]
}
