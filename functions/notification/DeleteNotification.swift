import FunctionKit

/// Takes a message out of the user's feed.
struct DeleteNotification: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> NoContent {
    let user = try context.owningUser()
    let deleted = try await context.db.run(
      """
      update notification set deleted_at = \(context.now), updated_at = \(context.now)
      where id = \(input.id) and \(NotificationView.feed(of: user))
      """)
    guard deleted == 1 else { throw Problem.notFound("notification") }
    return NoContent()
  }
}
