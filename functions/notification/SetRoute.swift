import FunctionKit

/// Changes what an event becomes, at once and without a deployment. Only events that functions listen to have a route.
struct SetRoute: Endpoint {
  struct Input: Decodable, Limited {
    var eventType: String
    var templateCode: String?
    var category: Category?
    var priority: Priority?
    var channels: [Channel]?
    var enabled: Bool?

    static let limits: [String: FieldLimit] = ["channels": .count(1...5), "templateCode": .text(3...100)]
  }

  func handle(_ input: Input, context: Context) async throws -> RouteView {
    var validation = Validation()
    validation.range(input.channels?.count, "channels", 1...5, code: "length")
    try validation.finish()
    if let code = input.templateCode { try await context.db.requireTemplate(code) }
    let changed: RouteView? = try await context.db.first(
      """
      update event_route set template_code = coalesce(\(input.templateCode), template_code),
        category = coalesce(\(input.category), category), priority = coalesce(\(input.priority), priority),
        channels = coalesce(\(input.channels)::text[], channels), enabled = coalesce(\(input.enabled), enabled),
        updated_at = \(context.now)
      where event_type = \(input.eventType) returning \(RouteView.columns)
      """)
    guard let changed else { throw Problem.notFound("event route") }
    return changed
  }
}

extension Database {
  fileprivate func requireTemplate(_ code: String) async throws {
    let exists: Bool = try await one(
      "select exists (select from notification_template where code = \(code) and status = 'active')")
    guard exists else {
      throw Problem(
        422, "template_not_found", "There is no template '\(code)' in use.",
        details: [FieldError(field: "templateCode", message: "must be a template in use", code: "template_not_found")])
    }
  }
}
