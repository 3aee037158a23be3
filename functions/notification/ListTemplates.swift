import FunctionKit

/// All versions of all templates, newest first.
struct ListTemplates: Endpoint {
  struct Input: Decodable, Limited {
    var code: String?
    var locale: Locale?
    var status: TemplateView.Status?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<TemplateView> {
    let paging = try Paging("templates", limit: input.limit, cursor: input.cursor)
    let rows: [TemplateView] = try await context.db.all(
      """
      select \(TemplateView.columns) from notification_template
      where id < \(paging.before) and (\(input.code)::text is null or code = \(input.code))
        and (\(input.locale)::text is null or locale = \(input.locale))
        and (\(input.status)::text is null or status = \(input.status))
      order by id desc limit \(paging.fetch)
      """)
    return paging.page(rows, id: \.id) { $0 }
  }
}
