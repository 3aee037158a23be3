import FunctionKit

/// An answer in the provider's form, without the platform's envelope, whether it is what was asked for or an error.
struct Answer: ReplyConvertible, Sendable {
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
