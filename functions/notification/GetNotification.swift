import FunctionKit

/// One of the user's own messages in the app.
struct GetNotification: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> NotificationView {
    let user = try context.owningUser()
    let found: NotificationView? = try await context.db.first(
      """
      select \(NotificationView.columns) from notification
      where id = \(input.id) and \(NotificationView.feed(of: user))
      """)
    guard let found else { throw Problem.notFound("notification") }
    return found
  }
}
