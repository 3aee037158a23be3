import FunctionKit

/// What an event becomes: data, so that it changes without a deployment.
struct EventRoute: Decodable, Sendable {
  var templateCode: String
  var category: Category
  var priority: Priority
  var channels: [Channel]

  /// Nil when the event is routed nowhere.
  static func find(_ eventType: String, in db: Database) async throws -> EventRoute? {
    try await db.first(
      """
      select template_code, category, priority, channels from event_route
      where event_type = \(eventType) and enabled
      """)
  }
}
