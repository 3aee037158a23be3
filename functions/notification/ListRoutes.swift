import FunctionKit

/// What each event becomes, for whom and over what.
struct ListRoutes: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> [RouteView] {
    try await context.db.all("select \(RouteView.columns) from event_route order by event_type")
  }
}

struct RouteView: Codable, Sendable {
  var eventType: String
  var templateCode: String
  var audience: Audience
  var role: String?
  var category: Category
  var priority: Priority
  var channels: [Channel]
  /// Whether several are gathered into one message.
  var batch: Bool
  var enabled: Bool

  enum Audience: String, Codable, CaseIterable, Sendable, SQLValue { case actor, owner, followers, role }

  static let columns: SQL = """
    event_type, template_code, audience, role, category, priority, channels, batch, enabled
    """
}
