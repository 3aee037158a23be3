import FunctionKit

extension Work {
  enum Insertion: Sendable { case made, known, capped }

  /// Stores a message once. In the app it is there at once; the others wait for the dispatcher, through quiet hours too.
  func insert(_ message: Message, _ preference: Preference) async throws -> Insertion {
    let quiet = preference.quiet(for: message.channel, message.plan.category, message.plan.priority)
    let begin = max(now, message.announcement.dueAt ?? now)
    guard let due = try await end(of: quiet, from: begin, preference.timezone) else { return .capped }
    let day = MessageDay(
      user: message.announcement.userID, category: message.plan.category, occasion: message.occasion, at: due,
      zone: preference.timezone)
    for cap in DailyCap.all(message.plan.category, message.plan.template.type, message.channel) {
      if try await isReached(cap, on: day) { return .capped }
    }
    let isThere = message.channel == .inApp && due <= now
    guard try await store(message, due: due, isThere: isThere) else { return .known }
    if isThere { try await recordDelivery(of: message) }
    return .made
  }

  private func recordDelivery(of message: Message) async throws {
    let announcement = message.announcement
    try await db.run(
      """
      insert into delivery (id, notification_id, attempt, channel, provider, recipient_masked, status,
        sent_at, delivered_at, created_at, updated_at)
      values (\(context.newID()), \(message.id), 1, \(message.channel), 'in_app', \(announcement.userID), 'delivered',
        \(now), \(now), \(now), \(now))
      """)
    try await emit(
      NotificationSent(
        notificationId: message.id, userId: announcement.userID, type: message.plan.template.type,
        channel: message.channel, provider: "in_app", relatedType: announcement.relatedType,
        relatedId: announcement.relatedID, sentAt: now))
  }
}
