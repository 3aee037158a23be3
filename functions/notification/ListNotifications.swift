import FunctionKit

/// A user's own messages in the app, newest first.
struct ListNotifications: Endpoint {
  struct Input: Decodable, Limited {
    var unreadOnly: Bool?
    var category: Category?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<NotificationView> {
    let user = try context.requireUser()
    let paging = try Paging("notifications", limit: input.limit, cursor: input.cursor)
    let found: [Listed] = try await context.db.all(
      """
      select \(NotificationView.columns), feed_position as position from notification
      where \(NotificationView.feed(of: user)) and feed_position < \(paging.before)
        and (\(input.category)::text is null or category = \(input.category))
        and (not \(input.unreadOnly ?? false)::boolean or read_at is null)
      order by feed_position desc limit \(paging.fetch)
      """)
    return paging.page(found, id: \.position, \.view)
  }

  /// A message and where it stands.
  private struct Listed: Decodable {
    var position: ID
    var view: NotificationView

    private enum Keys: CodingKey { case position }

    init(from decoder: any Decoder) throws {
      position = try decoder.container(keyedBy: Keys.self).decode(ID.self, forKey: .position)
      view = try NotificationView(from: decoder)
    }
  }
}
