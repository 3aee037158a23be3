import FunctionKit

/// Forgets a user whose account is gone: addresses, devices, preferences and every text.
struct EraseRecipient: EventHandler {
  struct Input: Decodable {
    var userId: ID
  }

  func handle(_ user: Input, context: Context) async throws {
    let (work, id) = (context.ownWork, user.userId)
    let (db, now) = (work.db, work.now)
    // Whoever is writing of the user comes before or after.
    try await work.hold("account:\(id)")
    try await db.run(
      """
      insert into recipient (user_id, deleted_at, created_at, updated_at) values (\(id), \(now), \(now), \(now))
      on conflict (user_id) do update set display_name = null, email = null, email_verified = false, phone = null,
        phone_verified = false, avatar_url = null, known_at = null, deleted_at = coalesce(recipient.deleted_at, \(now)),
        updated_at = \(now)
      """)
    try await db.run("delete from device where user_id = \(id)")
    try await db.run("delete from notification_preference where user_id = \(id)")
    try await db.run("delete from newsletter_digest where user_id = \(id)")
    try await db.run("delete from muted_target where user_id = \(id)")
    try await db.run("delete from social_batch where recipient_id = \(id)")
    try await db.run("delete from social_seen where recipient_id = \(id) or actor_id = \(id)")
    try await db.run(
      """
      update delivery set recipient_masked = '', error_message = null, updated_at = \(now)
      where notification_id in (select id from notification where user_id = \(id))
      """)
    try await db.run(
      """
      update notification set title = '', body = '', short_text = null, html = null, action_url = null,
        action_text = null, image_url = null, metadata = '{}', actor_ids = '{}', deleted_at = coalesce(deleted_at, \(now)),
        status = case when status in ('pending', 'queued') then 'cancelled' else status end, next_attempt_at = null,
        updated_at = \(now)
      where user_id = \(id)
      """)
  }
}
