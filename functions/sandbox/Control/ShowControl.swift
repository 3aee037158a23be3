import FunctionKit

/// The page on which the provider is told to misbehave, with the webhooks that it has sent.
struct ShowControl: Endpoint {
  /// A webhook as the page lists it.
  struct Sent: Decodable {
    var id: ID
    var path: String
    var objectId: String
    var attempts: Int
    var lastStatus: Int?
    var deliveredAt: Instant?
    var created: Instant
  }

  func handle(_ input: Nothing, context: Context) async throws -> HTML {
    let sent: [Sent] = try await context.db.all(
      """
      select id, path, object_id, attempts, last_status, delivered_at, created from webhook
      order by created desc, id desc limit 20
      """)
    return .control(
      try await context.db.faults(), sent, balance: try await context.db.balance(at: context.now))
  }
}
