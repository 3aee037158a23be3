import FunctionKit

extension Work {
  /// Puts messages that were written ahead into the app, on top, now that their time has come; advertising that its user
  /// does not want any more never appears.
  /// - Returns: how many there were.
  func showScheduled(upTo limit: Int) async throws -> Int {
    let due: [Letter] = try await db.all(
      """
      select \(Letter.columns(at: now)) from notification
      where id = any (array(\(DueMessages(on: [.inApp], at: now).ids(upTo: limit))))
      order by notification.user_id, next_attempt_at, id
      """)
    for letter in due { try await show(letter) }
    return due.count
  }

  private func show(_ letter: Letter) async throws {
    guard try await opening(of: letter, from: now) != nil else { return try await callOff(letter) }
    try await noteDay(of: letter)
    try await db.run(
      """
      update notification set status = 'delivered', attempts = 1, feed_position = \(context.newID()), sent_at = \(now),
        delivered_at = \(now), next_attempt_at = null, updated_at = \(now)
      where id = \(letter.id)
      """)
    try await recordInApp(
      NotificationSent(
        notificationId: letter.id, userId: letter.userId, type: letter.type, channel: .inApp, provider: "in_app",
        relatedType: letter.relatedType, relatedId: letter.relatedId, sentAt: now))
  }
}
