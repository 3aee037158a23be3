import FunctionKit

/// Shows what a template becomes with some data.
struct PreviewTemplate: Endpoint {
  struct Input: Decodable {
    var id: ID
    var data: [String: JSON]?
  }

  struct Preview: Codable, Sendable {
    var title: String
    var body: String
    var sms: String?
    var html: String?
    var actionUrl: String?
    var actionText: String?

    init(_ message: RenderedMessage) {
      (title, body, sms, html) = (message.title, message.body, message.shortText, message.html)
      (actionUrl, actionText) = (message.actionURL, message.actionText)
    }
  }

  func handle(_ input: Input, context: Context) async throws -> Preview {
    try Preview(await context.db.template(input.id).render(input.data))
  }
}

extension TemplateView {
  /// - Throws: ``Problem`` 422 `template_data_invalid`.
  func render(_ data: [String: JSON]?) throws -> RenderedMessage {
    let values = try TemplateValue.all(data)
    do { return try template.render(values) } catch {
      throw Problem(422, "template_data_invalid", "The template can't be filled: \(error.explanation).")
    }
  }
}
