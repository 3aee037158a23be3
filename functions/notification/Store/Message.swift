import FunctionKit

/// A message to one user on one channel, about to be stored.
struct Message: Sendable {
  var id: ID
  var eventID: ID
  var channel: Channel
  var route: EventRoute
  var template: Template
  var text: RenderedMessage
  var announcement: Announcement

  /// A message in the app is delivered by being stored; the others wait for the dispatcher.
  /// - Returns: whether it is new; false for a replay of the event.
  func insert(now: Instant, into db: Database) async throws -> Bool {
    let isInApp = channel == .inApp
    let deliveredAt = isInApp ? now : nil
    return try await db.run(
      """
      insert into notification (id, user_id, type, category, channel, template_code, template_version,
        title, body, short_text, html, action_url, action_text, related_type, related_id, priority,
        status, attempts, next_attempt_at, sent_at, delivered_at, dedupe_key, created_at, updated_at)
      values (\(id), \(announcement.userID), \(template.type), \(route.category), \(channel), \(template.code),
        \(template.version), \(text.title), \(text.body), \(shortText), \(html), \(text.actionURL),
        \(text.actionText), \(announcement.relatedType), \(announcement.relatedID), \(route.priority),
        \(isInApp ? "delivered" : "pending"), \(isInApp ? 1 : 0), \(isInApp ? nil : now), \(deliveredAt),
        \(deliveredAt), encode(sha256(convert_to(\(identity), 'UTF8')), 'hex'), \(now), \(now))
      on conflict (dedupe_key) do nothing
      """) == 1
  }

  /// Notes that the message has arrived, and tells of it.
  func recordInAppDelivery(at now: Instant, _ context: Context) async throws {
    try await context.db.run(
      """
      insert into delivery (id, notification_id, attempt, channel, provider, recipient_masked, status,
        sent_at, delivered_at, created_at, updated_at)
      values (\(context.newID()), \(id), 1, \(channel), 'in_app', \(announcement.userID), 'delivered',
        \(now), \(now), \(now), \(now))
      """)
    try await context.emit(
      NotificationSent(
        notificationId: id, userId: announcement.userID, type: template.type, channel: channel, provider: "in_app",
        relatedType: announcement.relatedType, relatedId: announcement.relatedID, sentAt: now))
  }

  /// What makes two messages the same one.
  private var identity: String {
    "\(eventID):\(announcement.userID):\(template.code):\(channel.rawValue)"
  }

  private var shortText: String? { channel == .sms || channel == .push ? text.shortText : nil }
  private var html: String? { channel == .email ? text.html : nil }
}
