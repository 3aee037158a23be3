import FunctionKit

/// Keeps up with how users are called and reached. What is older than what is known changes nothing.
struct RefreshRecipient: EventHandler {
  struct Input: Decodable {
    var userId: ID
    var displayName: String?
    var avatarUrl: String?
    var email: String?
    var phone: String?
    /// Which of them was proven to be the user's.
    var channel: String?
  }

  func handle(_ user: Input, context: Context) async throws {
    guard let event = context.event else { return }
    let work = context.ownWork
    guard event.type == "user.verified" else {
      return try await work.remember(
        Account(
          id: user.userId, displayName: user.displayName, email: user.email, phone: user.phone,
          avatarUrl: user.avatarUrl), at: event.time)
    }
    try await work.verify(user)
  }
}

extension Work {
  fileprivate func verify(_ user: RefreshRecipient.Input) async throws {
    let phone = PhoneNumber.normal(user.phone)
    try await db.run(
      """
      insert into recipient (user_id, email, email_verified, phone, phone_verified, created_at, updated_at)
      values (\(user.userId), \(user.email), \(user.email != nil), \(phone), \(phone != nil), \(now), \(now))
      on conflict (user_id) do update set email = coalesce(excluded.email, recipient.email),
        email_verified = recipient.email_verified or excluded.email_verified,
        phone = coalesce(excluded.phone, recipient.phone),
        phone_verified = recipient.phone_verified or excluded.phone_verified, updated_at = excluded.updated_at
      where recipient.deleted_at is null
      """)
  }
}
