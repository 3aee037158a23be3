import FunctionKit

/// A message in one language as its editors see it.
struct TemplateView: Codable, Sendable {
  enum Status: String, Codable, CaseIterable, Sendable, SQLValue { case draft, active, retired }

  var id: ID
  var code: String
  var locale: Locale
  var version: Int
  var name: String
  var type: String
  var category: Category
  var title: String
  var body: String
  var sms: String?
  var html: String?
  var actionUrl: String?
  var actionText: String?
  var channels: [Channel]
  var priority: Priority
  /// Names of placeholders to what they stand for.
  var variables: [String: TemplateVariable]
  var status: Status

  static let columns: SQL = """
    id, code, locale, version, name, type, category, title_tpl as title, body_tpl as body, sms_tpl as sms,
    html_tpl as html, action_url_tpl as action_url, action_text, channels, priority, variables, status
    """

  /// As it is rendered.
  var template: Template {
    Template(
      code: code, version: version, type: type, category: category, channels: channels, priority: priority,
      titleTpl: title, bodyTpl: body, smsTpl: sms, htmlTpl: html, actionUrlTpl: actionUrl, actionText: actionText,
      variables: variables)
  }
}

extension Database {
  func template(_ id: ID, forUpdate: Bool = false) async throws -> TemplateView {
    let lock: SQL = forUpdate ? "for update" : ""
    let found: TemplateView? = try await first(
      "select \(TemplateView.columns) from notification_template where id = \(id) \(lock)")
    guard let found else { throw Problem.notFound("template") }
    return found
  }
}
