import FunctionKit

/// Changes a draft. What is in use, or was, stays as people have got it: write a new version instead.
struct UpdateTemplate: Endpoint {
  struct Input: Decodable, Limited {
    var id: ID
    var name: String?
    var title: String?
    var body: String?
    var sms: String?
    var html: String?
    var actionUrl: String?
    var actionText: String?
    var channels: [Channel]?
    var priority: Priority?
    var variables: [String: TemplateVariable]?

    static let limits: [String: FieldLimit] = [
      "name": .text(1...100), "title": .text(1...255), "body": .text(1...4000), "sms": .text(1...160),
      "html": .text(1...200_000), "actionUrl": .text(1...500), "actionText": .text(1...100), "channels": .count(1...5),
    ]
  }

  func handle(_ input: Input, context: Context) async throws -> TemplateView {
    var validation = Validation()
    TemplateTexts(
      name: input.name, title: input.title, body: input.body, sms: input.sms, html: input.html,
      actionUrl: input.actionUrl, actionText: input.actionText, channels: input.channels
    ).check(&validation)
    try validation.finish()
    guard try await context.db.template(input.id, forUpdate: true).status == .draft else {
      throw Problem(409, "template_active", "This version is or was in use and can't be changed; make a new one.")
    }
    return try await context.db.one(
      """
      update notification_template set name = coalesce(\(input.name), name), title_tpl = coalesce(\(input.title), title_tpl),
        body_tpl = coalesce(\(input.body), body_tpl), sms_tpl = coalesce(\(input.sms), sms_tpl),
        html_tpl = coalesce(\(input.html), html_tpl), action_url_tpl = coalesce(\(input.actionUrl), action_url_tpl),
        action_text = coalesce(\(input.actionText), action_text),
        channels = coalesce(\(input.channels)::text[], channels), priority = coalesce(\(input.priority), priority),
        variables = coalesce(\(try input.variables.map { try AsJSON($0) })::jsonb, variables), updated_at = \(context.now)
      where id = \(input.id) returning \(TemplateView.columns)
      """)
  }
}
