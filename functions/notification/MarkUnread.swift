import FunctionKit

/// Puts a message back among those to be read.
struct MarkUnread: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> NotificationView {
    let user = try context.owningUser()
    do {
      let marked: NotificationView? = try await context.db.first(
        """
        update notification set read_at = null, updated_at = \(context.now)
        where id = \(input.id) and \(NotificationView.feed(of: user))
        returning \(NotificationView.columns)
        """)
      guard let marked else { throw Problem.notFound("notification") }
      return marked
    } catch let error as DatabaseError where error.constraint == "notification_group_unread" {
      throw Problem(409, "newer_unread", "A newer message about the same is unread already.")
    }
  }
}
