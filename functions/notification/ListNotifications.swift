import FunctionKit

/// A user's own messages in the app, newest first.
struct ListNotifications: Endpoint {
  struct Input: Decodable, Limited {
    var unreadOnly: Bool?
    var category: Category?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": .range(most, default: 20)]
    static let most = 1...100
  }

  func handle(_ input: Input, context: Context) async throws -> Page<NotificationView> {
    let user = try context.requireUser()
    let limit = try Self.limit(input.limit)
    let after = try Self.position(input.cursor)
    var found: [Listed] = try await context.db.all(
      """
      select \(NotificationView.columns), feed_position as position from notification
      where \(NotificationView.feed(of: user))
        and feed_position < coalesce(\(after)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        and (\(input.category)::text is null or category = \(input.category))
        and (not \(input.unreadOnly ?? false)::boolean or read_at is null)
      order by feed_position desc limit \(limit + 1)
      """)
    guard found.count > limit else { return Page(found.map(\.view), nextCursor: nil) }
    found.removeLast(found.count - limit)
    let next = found.last.map { Cursor.text(list: Self.list, position: $0.position.description) }
    return Page(found.map(\.view), nextCursor: next)
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

  private static let list = "notifications"

  private static func limit(_ asked: Int?) throws -> Int {
    var validation = Validation()
    validation.range(asked, "limit", Input.most)
    try validation.finish()
    return asked ?? 20
  }

  private static func position(_ cursor: String?) throws -> ID? {
    guard let cursor = try Cursor(cursor, list: list) else { return nil }
    guard let id = ID(cursor.position) else {
      throw Problem(400, "invalid_cursor", "This cursor does not belong to this list; start again without one.")
    }
    return id
  }
}
