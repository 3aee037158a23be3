import FunctionKit

extension Work {
  enum Insertion: Sendable { case made, known, capped }

  /// Stores a message once. In the app it is there at once; the others wait for the dispatcher, through quiet hours too.
  func insert(_ message: Message, _ preference: Preference) async throws -> Insertion {
    guard let due = try await due(message, preference) else { return .capped }
    for cap in DailyCap.all(message.plan.category, message.plan.template.type, message.channel) {
      if try await isReached(cap, by: message, on: due, preference.timezone) { return .capped }
    }
    let isThere = message.channel == .inApp && due <= now
    guard try await store(message, due: due, isThere: isThere) else { return .known }
    if isThere { try await recordDelivery(of: message) }
    return .made
  }

  /// - Returns: nil when no hour of the day is left.
  private func due(_ message: Message, _ preference: Preference) async throws -> Instant? {
    let quiet = preference.quiet(for: message.channel, message.plan.category, message.plan.priority)
    var due = max(now, message.announcement.dueAt ?? now)
    // The end of one may lie within the other; after the second round it never ends.
    for _ in 0..<3 {
      let before = due
      for hours in quiet {
        due = try await db.one(
          "select quiet_until(\(due)::timestamptz, \(hours.start), \(hours.end), \(preference.timezone))")
      }
      if due == before { return due }
    }
    return nil
  }

  private func isReached(
    _ cap: DailyCap, by message: Message, on due: Instant, _ zone: String
  ) async throws -> Bool {
    let user = message.announcement.userID
    try await hold("cap:\(user)")
    let others: Int = try await db.one(
      """
      select count(distinct occasion) from notification
      where user_id = \(user) and category = \(message.plan.category)
        and (\(cap.channel)::text is null or channel = \(cap.channel))
        and (\(cap.type)::text is null or type = \(cap.type)) and occasion <> \(message.occasion)
        and due_at >= date_trunc('day', \(due)::timestamptz, \(zone))
        and due_at < date_trunc('day', \(due)::timestamptz, \(zone)) + interval '1 day'
        and status not in ('failed', 'cancelled')
      """)
    return others >= cap.most
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
