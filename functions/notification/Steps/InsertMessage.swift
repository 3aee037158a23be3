import FunctionKit

extension Work {
  enum Insertion: Sendable { case made, known, capped }

  /// Stores a message once. In the app it is there at once; the others wait for the dispatcher, through quiet hours too.
  func insert(_ message: Message, _ preference: Preference) async throws -> Insertion {
    let start = max(now, message.announcement.dueAt ?? now)
    guard let due = try await free(message.slot, after: start, preference) else { return .capped }
    let isThere = message.channel == .inApp && due <= now
    guard try await store(message, due: due, isThere: isThere) else { return .known }
    if isThere {
      try await recordInApp(
        NotificationSent(
          notificationId: message.id, userId: message.announcement.userID, type: message.plan.template.type,
          channel: .inApp, provider: "in_app", relatedType: message.announcement.relatedType,
          relatedId: message.announcement.relatedID, sentAt: now))
    }
    return .made
  }

  /// When a message may go out, at the earliest.
  /// - Returns: nil when its user has had enough of its kind that day, or when no hour of the day is left.
  func free(_ slot: MessageSlot, after start: Instant, _ preference: Preference) async throws -> Instant? {
    guard let due = try await awake(slot, after: start, preference) else { return nil }
    for cap in DailyCap.all(slot.category, slot.type, slot.channel) {
      if try await isReached(cap, by: slot, on: due, preference.timezone) { return nil }
    }
    return due
  }

  /// When the hours are over in which the user is left alone; nil when they never are.
  func awake(_ slot: MessageSlot, after start: Instant, _ preference: Preference) async throws -> Instant? {
    try await end(
      of: preference.quiet(for: slot.channel, slot.category, slot.priority), from: start, preference.timezone)
  }

  /// When none of some quiet hours holds any longer, from a moment on; the moment itself outside of them.
  /// - Returns: nil when no hour of the day is left.
  func end(of quiet: [QuietHours], from start: Instant, _ zone: String) async throws -> Instant? {
    var end = start
    // The end of one may lie within the other; after the second round it never ends.
    for _ in 0..<3 {
      let before = end
      for hours in quiet {
        end = try await db.one("select quiet_until(\(end)::timestamptz, \(hours.start), \(hours.end), \(zone))")
      }
      if end == before { return end }
    }
    return nil
  }

  /// What may have arrived on a day has taken its share of it, whatever became of it since.
  private func isReached(_ cap: DailyCap, by slot: MessageSlot, on due: Instant, _ zone: String) async throws -> Bool {
    try await hold("cap:\(slot.user)")
    let others: Int = try await db.one(
      """
      select count(distinct occasion)
      from notification cross join lateral (
        select date_trunc('day', \(due)::timestamptz, \(zone)) as start,
          date_trunc('day', \(due)::timestamptz, \(zone)) + interval '1 day' as over) as day
      where user_id = \(slot.user) and category = \(slot.category)
        and (\(cap.channel)::text is null or channel = \(cap.channel))
        and (\(cap.type)::text is null or type = \(cap.type)) and occasion <> \(slot.occasion)
        and due_at >= day.start and (
          due_at < day.over and status not in ('failed', 'cancelled')
          or exists (select from delivery
            where notification_id = notification.id and delivery.created_at >= day.start
              and delivery.created_at < day.over
              and (delivery.status <> 'failed' or error_code = \(AfterAttempt.unknown))))
      """)
    return others >= cap.most
  }

  /// Notes that a message stands in the app, which is its only attempt.
  func recordInApp(_ sent: NotificationSent) async throws {
    try await db.run(
      """
      insert into delivery (id, notification_id, attempt, channel, provider, recipient_masked, status,
        sent_at, delivered_at, created_at, updated_at)
      values (\(context.newID()), \(sent.notificationId), 1, 'in_app', 'in_app', \(sent.userId), 'delivered',
        \(now), \(now), \(now), \(now))
      """)
    try await emit(sent)
  }
}
