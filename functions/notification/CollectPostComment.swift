import FunctionKit

/// Gathers comments for a post's author; who is replied to hears of it at once.
struct CollectPostComment: EventHandler {
  struct Input: Decodable {
    var postId: ID
    var postAuthorId: ID
    var commentId: ID
    var userId: ID
    var userName: String
    var parentAuthorId: ID?
    var excerpt: String
  }

  func handle(_ input: Input, context: Context) async throws {
    guard let event = context.event else { return }
    let work = context.ownWork
    // Two messages of one comment to one user are one too many.
    if input.parentAuthorId != input.postAuthorId {
      try await work.collect(
        Reaction(
          action: .commented, recipient: input.postAuthorId, actor: input.userId, name: input.userName,
          target: input.postId,
          post: input.postId, preview: String(input.excerpt.prefix(Self.previewLength)), at: event.time))
    }
    guard let parent = input.parentAuthorId, parent != input.userId else { return }
    try await work.announce(
      Announcement(
        userID: parent, relatedType: "post", relatedID: input.postId, actor: input.userId, template: "comment_replied",
        values: [
          "postId": .text(input.postId.description), "name": .text(input.userName), "excerpt": .text(input.excerpt),
        ]))
  }

  private static let previewLength = 140
}
