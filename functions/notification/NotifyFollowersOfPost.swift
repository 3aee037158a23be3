import FunctionKit

/// Tells a seller's followers of a new post, page by page; who was told before is not told again.
struct NotifyFollowersOfPost: EventHandler {
  struct Input: Decodable {
    var postId: ID
    var authorId: ID
    var authorName: String
    var sellerId: ID?
    var visibility: String
    var excerpt: String
  }

  func handle(_ post: Input, context: Context) async throws {
    guard post.sellerId != nil, post.visibility == "public" else { return }
    var next = try await context.asking { try await context.services.followers(of: post.authorId, nil) }
    while let page = next {
      try await context.work { work in
        // In the order of a broadcast: each one's share of the day is held until the end.
        for follower in page.items.map(\.userId).sorted() { try await work.announce(post.announcement(to: follower)) }
      }
      guard let cursor = page.nextCursor else { return }
      // A page that does not come fails the event, which begins again: who was told is not told twice.
      next = try await context.services.followers(of: post.authorId, cursor)
    }
  }
}

extension NotifyFollowersOfPost.Input {
  fileprivate func announcement(to user: ID) -> Announcement {
    Announcement(
      userID: user, relatedType: "post", relatedID: postId, actor: authorId,
      values: ["name": .text(authorName), "postId": .id(postId), "excerpt": .text(excerpt)])
  }
}

/// One of those who follow a user.
struct Follower: Decodable, Sendable {
  var userId: ID
}

extension Services {
  func followers(of user: ID, _ cursor: String?) async throws -> ServiceList<Follower> {
    try await call(
      "content", .get, "/internal/users/\(user)/followers", query: ["limit": 100, "cursor": cursor],
      timeout: .seconds(3), retries: 3)
  }
}
