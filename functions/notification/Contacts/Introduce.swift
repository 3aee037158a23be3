import FunctionKit

/// What the account service tells of a user.
struct Account: Decodable, Sendable {
  var id: ID
  var displayName: String?
  var email: String?
  var emailVerified: Bool?
  var phone: String?
  var phoneVerified: Bool?
  var avatarUrl: String?
}

extension Services {
  func account(of user: ID) async throws -> Account {
    try await call("auth", .get, "/internal/users/\(user)", timeout: .seconds(2), retries: 2)
  }

  func users(of role: String) async throws -> [ID] {
    try await call(
      "auth", .get, "/internal/users", query: ["role": role], timeout: .seconds(2), retries: 2, as: [Member].self
    )
    .map(\.id)
  }

  /// Who controls a seller.
  func user(ofSeller seller: ID) async throws -> ID {
    try await call("seller", .get, "/sellers/\(seller)", timeout: .seconds(2), retries: 2, as: Owner.self).userId
  }

  private struct Member: Decodable { var id: ID }
  private struct Owner: Decodable { var userId: ID }
}

extension Context {
  /// Asks once who a user is that nobody has told of yet. Whoever can't be found out about hears of things in the app.
  func introduce(_ user: ID) async throws {
    let isKnown: Bool? = try await db.first("select known_at is not null from recipient where user_id = \(user)")
    guard isKnown != true, let account = try await asking({ try await services.account(of: user) }) else { return }
    try await work { try await $0.remember(account) }
  }

  /// - Returns: nil when the service knows nothing of it, or is not there at all. One that does not answer in time fails
  ///   the event, which comes again.
  func asking<Answer: Sendable>(_ ask: () async throws -> Answer) async throws -> Answer? {
    do { return try await ask() } catch let error as ServiceError where error.isRefusal || error.status == 503 {
      // One that is not part of the deployment is no news.
      if error.code != "service_unavailable" { log.warning("nobody tells who is to hear of this: \(error)") }
      return nil
    }
  }

  /// Tells users of something, each once, after finding out who they are.
  func tell(_ announcements: [Announcement]) async throws {
    for announcement in announcements { try await introduce(announcement.userID) }
    let inOrder = announcements.sorted { $0.userID < $1.userID }
    try await work { work in for announcement in inOrder { try await work.announce(announcement) } }
  }

  func tell(_ announcement: Announcement) async throws { try await tell([announcement]) }
}

extension Work {
  /// Keeps what is certain of a user. Something older than what is known changes nothing.
  /// - Parameter at: when it was so; now by default.
  func remember(_ account: Account, at time: Instant? = nil) async throws {
    let time = time ?? now
    try await db.run(
      """
      insert into recipient (user_id, display_name, email, email_verified, phone, phone_verified, avatar_url, known_at,
        created_at, updated_at)
      values (\(account.id), \(account.displayName.map { String($0.prefix(100)) }), \(account.email),
        \(account.emailVerified ?? false), \(PhoneNumber.normal(account.phone)), \(account.phoneVerified ?? false),
        \(account.avatarUrl), \(time), \(now), \(now))
      on conflict (user_id) do update set display_name = coalesce(excluded.display_name, recipient.display_name),
        email = excluded.email, phone = excluded.phone, avatar_url = excluded.avatar_url,
        email_verified = case when \(account.emailVerified != nil)::boolean then excluded.email_verified
          else recipient.email_verified and recipient.email is not distinct from excluded.email end,
        phone_verified = case when \(account.phoneVerified != nil)::boolean then excluded.phone_verified
          else recipient.phone_verified and recipient.phone is not distinct from excluded.phone end,
        known_at = excluded.known_at, updated_at = excluded.updated_at
      where recipient.deleted_at is null and (recipient.known_at is null or recipient.known_at <= excluded.known_at)
      """)
  }

  /// Keeps the name by which an event speaks of somebody, if nothing better is known.
  func note(_ name: String?, of user: ID) async throws {
    guard let name else { return }
    try await db.run(
      """
      insert into recipient (user_id, display_name, created_at, updated_at)
      values (\(user), \(String(name.prefix(100))), \(now), \(now)) on conflict (user_id) do nothing
      """)
  }
}
