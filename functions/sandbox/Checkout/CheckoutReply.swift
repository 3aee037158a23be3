import FunctionKit

/// A page, or the way back to it after a form was sent.
enum CheckoutReply: DescribedReply, Sendable {
  case page(HTML)
  case redirect(String)

  static func answers(_ describer: SchemaDescriber) -> [AnswerShape] {
    HTML.answers(describer) + [AnswerShape("303", nil)]
  }

  func reply() -> RawReply {
    switch self {
    case .page(let page): page.reply()
    case .redirect(let path):
      RawReply(status: 303, headers: [(name: "location", value: path)], contentType: nil, body: [])
    }
  }

  func encode(to encoder: any Encoder) throws { try String(decoding: reply().body, as: UTF8.self).encode(to: encoder) }
}
