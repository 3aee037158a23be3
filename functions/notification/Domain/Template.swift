import FunctionKit

/// A message in one language, with placeholders.
struct Template: Decodable, Sendable {
  var code: String
  var version: Int
  var type: String
  var titleTpl: String
  var bodyTpl: String
  var smsTpl: String?
  var htmlTpl: String?
  var actionUrlTpl: String?
  var actionText: String?
  var variables: [String: TemplateVariable]

  static let columns: SQL = """
    code, version, type, title_tpl, body_tpl, sms_tpl, html_tpl, action_url_tpl, action_text, variables
    """
}

/// A message as one user gets it, cut to what its columns hold.
struct RenderedMessage: Sendable, Hashable {
  var title: String
  var body: String
  var shortText: String?
  var html: String?
  var actionURL: String?
  var actionText: String?
}

extension Template {
  func render(_ values: [String: TemplateValue]) throws(TemplateError) -> RenderedMessage {
    let placeholders = Placeholders(variables: variables, values: values)
    func fill(_ text: String?, _ escaping: Escaping = .none, limit: Int) throws(TemplateError) -> String? {
      guard let text else { return nil }
      return String(try placeholders.fill(text, escaping).prefix(limit))
    }
    return RenderedMessage(
      title: String(try placeholders.fill(titleTpl).prefix(255)),
      body: String(try placeholders.fill(bodyTpl).prefix(4000)),
      shortText: try fill(smsTpl, limit: 160),
      html: try fill(htmlTpl, .html, limit: 50_000),
      actionURL: try fill(actionUrlTpl, .url, limit: 500), actionText: actionText)
  }
}
