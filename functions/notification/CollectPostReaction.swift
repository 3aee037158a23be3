import FunctionKit

/// Gathers likes, saves and shares of posts, and likes of comments, for those who made them.
struct CollectPostReaction: EventHandler {
  struct Input: Decodable {
    var postId: ID
    var postAuthorId: ID?
    var commentId: ID?
    var commentAuthorId: ID?
    /// Nil for somebody who shared without signing in.
    var userId: ID?
    var userName: String?
  }

  func handle(_ input: Input, context: Context) async throws {
    guard let event = context.event, let actor = input.userId else { return }
    guard let action = Self.actions[event.type], let recipient = input.commentAuthorId ?? input.postAuthorId else {
      return
    }
    try await context.ownWork.collect(
      Reaction(
        action: action, recipient: recipient, actor: actor, name: input.userName,
        target: input.commentId ?? input.postId, post: input.postId,
        at: event.time))
  }

  private static let actions: [String: SocialAction] = [
    "post.liked": .liked, "post.saved": .saved, "post.shared": .shared, "comment.liked": .commentLiked,
  ]
}
