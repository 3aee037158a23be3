import FunctionKit

/// Takes a version out of use. One that a route still needs in Indonesian, which all languages fall back to, stays.
struct RetireTemplate: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> TemplateView {
    let template = try await context.db.template(input.id, forUpdate: true)
    if template.status == .retired { return template }
    let isNeeded: Bool = try await context.db.one(
      "select exists (select from event_route where template_code = \(template.code) and enabled)")
    guard template.status == .draft || template.locale != .indonesian || !isNeeded else {
      throw Problem(409, "template_active", "An event's route leads to this template; change the route first.")
    }
    return try await context.db.one(
      """
      update notification_template set status = 'retired', updated_at = \(context.now) where id = \(input.id)
      returning \(TemplateView.columns)
      """)
  }
}
