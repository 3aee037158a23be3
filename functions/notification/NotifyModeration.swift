import FunctionKit

/// Tells an author of a decision about what they made. Who reported it is never named.
struct NotifyModeration: EventHandler {
  struct Input: Decodable {
    var contentType: String
    var contentId: ID
    var authorId: ID
    var decision: String
    var publicNote: String?
    var decisionId: ID
  }

  func handle(_ decision: Input, context: Context) async throws {
    try await context.tell(
      Announcement(
        userID: decision.authorId, relatedType: decision.contentType, relatedID: decision.contentId,
        values: known([
          "decisionId": .id(decision.decisionId), "decision": .text(decision.decision),
          "note": decision.publicNote.map(TemplateValue.text),
        ])))
  }
}
