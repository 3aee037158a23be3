import FunctionKit

extension Preference {
  /// The user's own, made with the defaults on first need; of a deleted account nothing is kept.
  static func ensure(of user: ID, now: Instant, in db: Database) async throws -> Preference {
    try await db.keepAccount(of: user)
    try await db.run(
      """
      insert into notification_preference (user_id, created_at, updated_at)
      select \(user), \(now), \(now)
      where not exists (select from recipient where user_id = \(user) and deleted_at is not null)
      on conflict do nothing
      """)
    return try await db.first("select \(columns) from notification_preference where user_id = \(user)") ?? Preference()
  }
}

extension Database {
  /// Has the account's erasure wait for the end of this transaction: what is written of a user is there to be erased, or is
  /// not written.
  func keepAccount(of user: ID) async throws {
    try await run("select pg_advisory_xact_lock_shared(hashtextextended(\(Self.account(user)), 0))")
  }

  /// Whether nobody keeps the account just now.
  func isLetGo(of user: ID) async throws -> Bool {
    try await one("select pg_try_advisory_xact_lock(hashtextextended(\(Self.account(user)), 0))")
  }

  private static func account(_ user: ID) -> String { "account:\(user)" }

  /// - Throws: ``Problem/unauthenticated`` for one whose account is deleted, though the token is good for a while.
  func requireAccount(of user: ID) async throws {
    try await keepAccount(of: user)
    let isErased: Bool = try await one(
      "select exists (select from recipient where user_id = \(user) and deleted_at is not null)")
    if isErased { throw Problem.unauthenticated }
  }
}

extension Reachability {
  /// What is known of a user; of an unknown one, nothing.
  static func find(_ user: ID, at now: Instant, in db: Database) async throws -> Reachability {
    try await db.one(
      """
      select exists (select from device where user_id = \(user) and disabled_at is null) as has_device,
        coalesce(bool_or(email is not null), false) as has_email,
        coalesce(bool_or(phone is not null and phone_verified), false) as has_phone,
        array(
          select on_channel.name from recipient, unnest(array['email', 'whatsapp', 'sms']) as on_channel (name)
          where user_id = \(user) and is_suppressed(
            on_channel.name, case when on_channel.name = 'email' then email::text else phone end, \(now))) as suppressed,
        exists (select from recipient where user_id = \(user) and deleted_at is not null) as is_erased
      from recipient where user_id = \(user) and deleted_at is null
      """)
  }
}

extension Template {
  /// The version in use, in the user's language or else in Indonesian.
  static func active(_ code: String, _ locale: Locale, in db: Database) async throws -> Template {
    let found: Template? = try await db.first(
      """
      select \(columns) from notification_template
      where code = \(code) and status = 'active' and locale in (\(locale), 'id')
      order by locale = \(locale) desc limit 1
      """)
    guard let found else { throw Problem(404, "template_not_found", "There is no template '\(code)' in use.") }
    return found
  }
}
