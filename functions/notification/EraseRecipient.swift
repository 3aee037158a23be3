import FunctionKit

/// Forgets a user whose account is gone: addresses, devices, preferences and every text.
struct EraseRecipient: EventHandler {
  struct Input: Decodable {
    var userId: ID
  }

  func handle(_ user: Input, context: Context) async throws {
    let id = user.userId
    try await context.work { try await $0.markErased(id) }
    // Whoever begins to write of the user from here on finds it gone; those who had begun are waited for, in nobody's way.
    while try await !context.work({ try await $0.db.isLetGo(of: id) }) {
      try Task.checkCancellation()
      try await Task.sleep(for: .milliseconds(50))
    }
    try await context.work { try await $0.erase(id) }
    // Of what was being handed over, which that has waited for.
    try await context.work { try await $0.eraseDeliveries(of: id) }
  }
}

extension Work {
  fileprivate func markErased(_ id: ID) async throws {
    try await db.run(
      """
      insert into recipient (user_id, deleted_at, created_at, updated_at) values (\(id), \(now), \(now), \(now))
      on conflict (user_id) do update set display_name = null, email = null, email_verified = false, phone = null,
        phone_verified = false, avatar_url = null, known_at = null, deleted_at = coalesce(recipient.deleted_at, \(now)),
        updated_at = \(now)
      """)
  }

  fileprivate func erase(_ id: ID) async throws {
    try await db.run("delete from device where user_id = \(id)")
    try await db.run("delete from notification_preference where user_id = \(id)")
    try await db.run("delete from newsletter_digest where user_id = \(id)")
    try await db.run("delete from muted_target where user_id = \(id)")
    try await db.run("delete from social_batch where recipient_id = \(id)")
    try await db.run("delete from social_seen where recipient_id = \(id) or actor_id = \(id)")
    try await eraseDeliveries(of: id)
    try await db.run(
      """
      update notification set title = '', body = '', short_text = null, html = null, action_url = null,
        action_text = null, image_url = null, metadata = '{}', actor_ids = '{}', deleted_at = coalesce(deleted_at, \(now)),
        status = case when status in ('pending', 'queued') then 'cancelled' else status end, next_attempt_at = null,
        updated_at = \(now)
      where user_id = \(id)
      """)
  }

  fileprivate func eraseDeliveries(of id: ID) async throws {
    try await db.run(
      """
      update delivery set recipient_masked = '', error_message = null, updated_at = \(now)
      where notification_id in (select id from notification where user_id = \(id))
        and (recipient_masked <> '' or error_message is not null)
      """)
  }
}
