import FunctionKit

/// Warns a user of what somebody else may have done to the account.
struct NotifySecurity: EventHandler {
  struct Input: Decodable {
    var userId: ID
  }

  func handle(_ alert: Input, context: Context) async throws {
    try await context.tell(Announcement(userID: alert.userId, relatedType: "user", relatedID: alert.userId))
  }
}
