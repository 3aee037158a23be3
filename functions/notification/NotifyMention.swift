import FunctionKit

/// Tells somebody at once of a mention, or of an answer to a review.
struct NotifyMention: EventHandler {
  struct Input: Decodable {
    var mentionedUserId: ID?
    var byUserId: ID?
    var byUserName: String?
    var postId: ID?
    var reviewId: ID?
    var reviewAuthorId: ID?
    var responderId: ID?
    var productId: ID?
    var excerpt: String
  }

  func handle(_ input: Input, context: Context) async throws {
    guard let user = input.mentionedUserId ?? input.reviewAuthorId else { return }
    var values: [String: TemplateValue] = ["excerpt": .text(input.excerpt)]
    values["name"] = input.byUserName.map(TemplateValue.text)
    values["postId"] = input.postId.map { .text($0.description) }
    values["productId"] = input.productId.map { .text($0.description) }
    try await context.ownWork.announce(
      Announcement(
        userID: user, relatedType: input.postId == nil ? "review" : "post", relatedID: input.postId ?? input.reviewId,
        actor: input.byUserId ?? input.responderId, values: values))
  }
}
