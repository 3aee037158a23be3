import FunctionKit

extension Work {
  /// Puts one message that was written ahead into the app, on top, now that its time has come.
  /// - Returns: whether there was one.
  func showScheduled() async throws -> Bool {
    let shown: Shown? = try await db.first(
      """
      update notification set status = 'delivered', attempts = 1, feed_position = \(context.newID()), sent_at = \(now),
        delivered_at = \(now), next_attempt_at = null, updated_at = \(now)
      where id = (
        select id from notification where status = 'pending' and next_attempt_at <= \(now) and channel = 'in_app'
        order by next_attempt_at limit 1 for no key update skip locked)
      returning id, user_id, type, related_type, related_id
      """)
    guard let shown else { return false }
    try await recordInApp(
      NotificationSent(
        notificationId: shown.id, userId: shown.userId, type: shown.type, channel: .inApp, provider: "in_app",
        relatedType: shown.relatedType, relatedId: shown.relatedId, sentAt: now))
    return true
  }

  private struct Shown: Decodable {
    var id: ID
    var userId: ID
    var type: String
    var relatedType: String?
    var relatedId: ID?
  }
}
