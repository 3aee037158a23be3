import FunctionKit

/// How many messages in the app a user has not read, altogether and of each category that has any.
struct UnreadCount: Endpoint {
  struct Count: Codable, Sendable {
    var count: Int
    var categories: [String: Int]
  }

  private struct Part: Decodable {
    var category: String
    var count: Int
  }

  func handle(_ input: Nothing, context: Context) async throws -> Count {
    let user = try context.requireUser()
    let parts: [Part] = try await context.db.all(
      """
      select category, count(*) from notification
      where \(NotificationView.feed(of: user)) and read_at is null group by category
      """)
    return Count(
      count: parts.reduce(0) { $0 + $1.count },
      categories: Dictionary(uniqueKeysWithValues: parts.map { ($0.category, $0.count) }))
  }
}
