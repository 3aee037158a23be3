import FunctionKit

/// Notes that the user has read a message; the first time counts.
struct MarkRead: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> NotificationView {
    let user = try context.owningUser()
    let marked: NotificationView? = try await context.db.first(
      """
      update notification set read_at = coalesce(read_at, \(context.now)), updated_at = \(context.now)
      where id = \(input.id) and \(NotificationView.feed(of: user))
      returning \(NotificationView.columns)
      """)
    guard let marked else { throw Problem.notFound("notification") }
    return marked
  }
}
