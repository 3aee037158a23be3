import FunctionKit

/// An answer in the provider's form, without the platform's envelope, whether it is what was asked for or an error.
struct Answer: DescribedReply, Sendable {
  private let content: RawReply

  /// Runs the body for a caller with the right key.
  init(to context: Context, _ body: () async throws -> JSON) async throws {
    do {
      try context.requireKey()
      content = RawReply(body: try await body().serialized())
    } catch let refusal as Refusal {
      content = RawReply(status: refusal.status, body: try encodeJSON(refusal))
    }
  }

  /// Invoices have what their callers put in, so only that they are objects, or a list of such, can be said.
  static func answers(_ describer: SchemaDescriber) -> [AnswerShape] {
    [
      AnswerShape("200", "application/json", ["type": ["object", "array"]]),
      AnswerShape("400", "application/json", Refusal.jsonSchema),
      AnswerShape("401", "application/json", Refusal.jsonSchema),
      AnswerShape("404", "application/json", Refusal.jsonSchema),
    ]
  }

  func reply() -> RawReply { content }

  func encode(to encoder: any Encoder) throws { try String(decoding: content.body, as: UTF8.self).encode(to: encoder) }
}

extension Context {
  /// Basic authentication with the secret key as the user and no password.
  fileprivate func requireKey() throws {
    let expected = try "Basic " + base64(Array("\(secret("XENDIT_SECRET_KEY")):".utf8))
    guard header("authorization") == expected else { throw Refusal.invalidKey }
  }
}
