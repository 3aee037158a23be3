import FunctionKit

/// Notes that the user has read everything, or everything of a category, up to a message that was on the screen.
struct MarkAllRead: Endpoint {
  struct Input: Decodable {
    var category: Category?
    /// This message and all older ones; what came after it stays unread.
    var before: ID?
  }

  struct Marked: Codable, Sendable {
    var updated: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Marked {
    let user = try context.requireUser()
    let updated = try await context.db.run(
      """
      update notification set read_at = \(context.now), updated_at = \(context.now)
      where \(NotificationView.feed(of: user)) and read_at is null
        and (\(input.category)::text is null or category = \(input.category))
        and (\(input.before)::uuid is null or feed_position <= coalesce(
          (select feed_position from notification where id = \(input.before) and \(NotificationView.feed(of: user))),
          \(input.before)::uuid))
      """)
    return Marked(updated: updated)
  }
}
