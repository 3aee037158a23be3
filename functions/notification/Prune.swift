import FunctionKit

/// Drops what nobody needs any longer, a part at a time.
struct Prune: CronJob {
  private static let step = 1_000

  func handle(_ tick: Tick, context: Context) async throws {
    let now = context.now
    for statement in Self.statements(now) {
      while !Task.isCancelled {
        let dropped = try await context.work { try await $0.db.run(statement) }
        guard dropped == Self.step else { break }
      }
    }
  }

  private static func statements(_ now: Instant) -> [SQL] {
    [
      """
      delete from notification where id in (
        select id from notification where channel = 'in_app'
          and (read_at < \(now - .days(90)) or created_at < \(now - .days(365))) limit \(step))
      """,
      """
      delete from delivery where id in (
        select id from delivery where created_at < \(now - .days(180)) limit \(step))
      """,
      """
      delete from notification where id in (
        select id from notification where channel <> 'in_app' and status in ('sent', 'delivered', 'failed', 'cancelled')
          and created_at < \(now - .days(180)) limit \(step))
      """,
      """
      delete from social_seen where (recipient_id, type, target_id, actor_id) in (
        select recipient_id, type, target_id, actor_id from social_seen where seen_at < \(now - .hours(24)) limit \(step))
      """,
      """
      delete from social_batch where id in (
        select id from social_batch where status <> 'open' and flush_at < \(now - .days(30)) limit \(step))
      """,
      """
      delete from device where id in (
        select id from device where disabled_at < \(now - .days(90)) limit \(step))
      """,
      """
      delete from webhook_inbox where id in (
        select id from webhook_inbox where created_at < \(now - .days(180)) limit \(step))
      """,
      """
      delete from soft_bounce where (channel, address_hash) in (
        select channel, address_hash from soft_bounce where last_at < \(now - .days(30)) limit \(step))
      """,
      """
      delete from suppression where (channel, address_hash) in (
        select channel, address_hash from suppression where until < \(now - .days(30)) limit \(step))
      """,
      """
      delete from newsletter_digest where (week, user_id) in (
        select week, user_id from newsletter_digest where week < (\(now - .days(60)))::date limit \(step))
      """,
      """
      delete from cancelled_key where cancel_key in (
        select cancel_key from cancelled_key where created_at < \(now - .days(60)) limit \(step))
      """,
    ]
  }
}
