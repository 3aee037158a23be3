import FunctionKit

/// Puts a version to use in the place of the one of before, once it is sure to render.
struct ActivateTemplate: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> TemplateView {
    let work = context.ownWork
    let found = try await work.db.template(input.id)
    try await work.hold("template:\(found.code):\(found.locale.rawValue)")
    let template = try await work.db.template(input.id, forUpdate: true)
    if template.status == .active { return template }
    try template.template.mustRender()
    try await work.db.run(
      """
      update notification_template set status = 'retired', updated_at = \(work.now)
      where code = \(template.code) and locale = \(template.locale) and status = 'active'
      """)
    return try await work.db.one(
      """
      update notification_template set status = 'active', updated_at = \(work.now) where id = \(input.id)
      returning \(TemplateView.columns)
      """)
  }
}
