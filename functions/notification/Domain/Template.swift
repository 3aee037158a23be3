import FunctionKit

/// A message in one language, with placeholders.
struct Template: Decodable, Sendable {
  var code: String
  var version: Int
  var type: String
  var category: Category
  var channels: [Channel]
  var priority: Priority
  var titleTpl: String
  var bodyTpl: String
  var smsTpl: String?
  var htmlTpl: String?
  var actionUrlTpl: String?
  var actionText: String?
  var variables: [String: TemplateVariable]

  static let columns: SQL = """
    code, version, type, category, channels, priority, title_tpl, body_tpl, sms_tpl, html_tpl, action_url_tpl, action_text, variables
    """
}

extension Template {
  /// What another service has written itself.
  static func freeText(_ type: String, _ category: Category, _ channels: [Channel]) -> Template {
    Template(
      code: "", version: 0, type: type, category: category, channels: channels, priority: .normal, titleTpl: "",
      bodyTpl: "", variables: [:])
  }

  var isFreeText: Bool { code.isEmpty }
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
    let forms = PluralForms(of: values["count"])
    func fill(_ text: String?, _ escaping: Escaping = .none, limit: Int) throws(TemplateError) -> String? {
      guard let text else { return nil }
      return String(try placeholders.fill(forms.choose(text), escaping).prefix(limit))
    }
    return RenderedMessage(
      title: try fill(titleTpl, limit: 255) ?? "", body: try fill(bodyTpl, limit: 4000) ?? "",
      shortText: try fill(smsTpl, limit: 160),
      html: try fill(htmlTpl, .html, limit: 50_000),
      actionURL: try fill(actionUrlTpl, .url, limit: 500), actionText: actionText)
  }
}
