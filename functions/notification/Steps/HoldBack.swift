import FunctionKit

extension Work {
  /// When a message may go out from a moment on, as its user wants it now and not when it was made: it may have waited.
  /// - Returns: nil when it may not any more.
  func opening(of letter: Letter, from moment: Instant) async throws -> Instant? {
    guard letter.mayHaveToWait else { return moment }
    // Of an account that was deleted meanwhile nothing is made anew.
    let stored: Preference? = try await db.first(
      "select \(Preference.columns) from notification_preference where user_id = \(letter.userId)")
    let preference = stored ?? Preference()
    guard letter.isStillWanted(preference) else { return nil }
    return try await free(letter.slot, after: moment, preference)
  }

  /// Gives a claimed message back as if it had not been taken, to go out later or not at all.
  func putBack(_ letter: Letter, until opening: Instant?) async throws {
    try await db.run(
      """
      update notification set status = 'pending', attempts = attempts - 1, next_attempt_at = \(opening),
        due_at = coalesce(\(opening), due_at), updated_at = \(now)
      where id = \(letter.id)
      """)
    if opening == nil { try await callOff(letter) }
  }

  /// Leaves a message out that its user does not want by now, or has had enough of.
  func callOff(_ letter: Letter) async throws {
    try await db.run(
      """
      update notification set status = 'cancelled', next_attempt_at = null, updated_at = \(now) where id = \(letter.id)
      """)
    try await countSkipped(letter.type, on: [letter.channel])
  }

  /// The day that a message goes out on is the one whose share it takes.
  func noteDay(of letter: Letter) async throws {
    guard !DailyCap.all(letter.category, letter.type, letter.channel).isEmpty else { return }
    try await db.run("update notification set due_at = \(now) where id = \(letter.id)")
  }
}

extension Letter {
  fileprivate var slot: MessageSlot {
    MessageSlot(
      user: userId, channel: channel, category: category, type: type, priority: priority,
      occasion: occasion ?? id.description)
  }

  /// Whether anything but its being due decides when it goes out.
  fileprivate var mayHaveToWait: Bool {
    let disturbs = [.push, .whatsapp, .sms].contains(channel) && [.low, .normal].contains(priority)
    return category == .marketing || isNewsletter || disturbs
  }

  /// Whether consent that it needs was not taken back.
  fileprivate func isStillWanted(_ preference: Preference) -> Bool {
    if category == .marketing { return preference.allows(channel, category, type: type) }
    return !isNewsletter || preference.newsletter
  }

  private var isNewsletter: Bool { relatedType == Announcement.newsletter }
}
