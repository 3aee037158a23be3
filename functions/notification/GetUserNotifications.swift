import FunctionKit

/// Everything a user was sent, over all channels and with what became of it, newest first.
struct GetUserNotifications: Endpoint {
  struct Input: Decodable, Limited {
    var userId: ID
    var channel: Channel?
    var status: MessageStatus?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<SentMessageView> {
    let paging = try Paging("user-notifications", limit: input.limit, cursor: input.cursor)
    let rows: [SentMessageView] = try await context.db.all(
      """
      select \(SentMessageView.columns) from notification
      where user_id = \(input.userId) and id < \(paging.before)
        and (\(input.channel)::text is null or channel = \(input.channel))
        and (\(input.status)::text is null or status = \(input.status))
      order by id desc limit \(paging.fetch)
      """)
    return paging.page(rows, id: \.id) { $0 }
  }
}

/// The same for support.
struct GetUserNotificationsAdmin: Endpoint {
  func handle(_ input: GetUserNotifications.Input, context: Context) async throws -> Page<SentMessageView> {
    try await GetUserNotifications().handle(input, context: context)
  }
}
