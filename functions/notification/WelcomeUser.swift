import FunctionKit

/// Gets to know a new user, and says hello.
struct WelcomeUser: EventHandler {
  struct Input: Decodable {
    var userId: ID
    var displayName: String
    var avatarUrl: String?
    var email: String?
    var phone: String?
    var locale: String
    var marketingOptIn: Bool
    var registeredAt: Instant
  }

  func handle(_ user: Input, context: Context) async throws {
    let work = context.ownWork
    try await work.db.keepAccount(of: user.userId)
    try await work.remember(
      Account(
        id: user.userId, displayName: user.displayName, email: user.email, phone: user.phone, avatarUrl: user.avatarUrl),
      at: user.registeredAt)
    try await work.db.run(
      """
      insert into notification_preference (user_id, promotions, locale, created_at, updated_at)
      select \(user.userId), \(user.marketingOptIn), \(user.locale == "en" ? Locale.english : .indonesian), \(work.now),
        \(work.now)
      where not exists (select from recipient where user_id = \(user.userId) and deleted_at is not null)
      on conflict (user_id) do nothing
      """)
    try await work.announce(
      Announcement(
        userID: user.userId, relatedType: "user", relatedID: user.userId, values: ["name": .text(user.displayName)]))
  }
}
