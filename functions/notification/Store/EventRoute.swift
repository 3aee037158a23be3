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

  /// The route of what is gathered under a template.
  static func find(gathering template: String, in db: Database) async throws -> EventRoute? {
    try await db.first(
      """
      select template_code, category, priority, channels from event_route
      where template_code = \(template) and batch and enabled limit 1
      """)
  }
}

extension EventRoute {
  /// Whose holders hear of an event; nil when it is for somebody in particular, or for nobody.
  static func role(_ eventType: String, in db: Database) async throws -> String? {
    try await db.first(
      "select role from event_route where event_type = \(eventType) and audience = 'role' and enabled")
  }
}
