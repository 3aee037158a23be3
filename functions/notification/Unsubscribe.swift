import FunctionKit

/// Ends advertising, or the newsletter, at one press, for whoever has the link. Also what mail programs press themselves.
struct Unsubscribe: Endpoint {
  struct Input: Decodable {
    var token: String
  }

  struct Ended: Codable, Sendable {
    var scope: UnsubscribeToken.Scope
  }

  func handle(_ input: Input, context: Context) async throws -> Ended {
    let token = try UnsubscribeToken(input.token, context)
    try await context.ownWork.endAdvertising(to: token.user, newsletterOnly: token.scope == .newsletter)
    return Ended(scope: token.scope)
  }
}
