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
    let now = context.now
    _ = try await Preference.ensure(of: token.user, now: now, in: context.db)
    let isAll = token.scope == .marketing
    try await context.db.run(
      """
      update notification_preference set newsletter = false, promotions = promotions and not \(isAll)::boolean,
        unsubscribed_all_marketing_at = case when \(isAll)::boolean then coalesce(unsubscribed_all_marketing_at, \(now))
          else unsubscribed_all_marketing_at end, version = version + 1, updated_at = \(now)
      where user_id = \(token.user)
      """)
    return Ended(scope: token.scope)
  }
}
