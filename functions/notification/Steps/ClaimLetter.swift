import FunctionKit

extension Work {
  /// How long a claimed message is left to whoever has claimed it, in time for any call to end.
  static let lease = Duration.seconds(60)

  enum Claim: Sendable {
    case letter(Letter)
    /// Its user is at rest now: it was late, or is tried again, or the hours were chosen since.
    case putOff
    case nothing
  }

  /// Takes the most pressing message that is due, and of those of one channel the oldest, for one attempt.
  /// - Parameter channels: in the order in which they have their turn.
  func claimLetter(_ channels: [Channel]) async throws -> Claim {
    let letter: Letter? = try await db.first(
      """
      update notification set status = 'queued', attempts = attempts + 1, next_attempt_at = \(now + Self.lease),
        updated_at = \(now)
      where id = (\(DueMessages(on: channels, at: now).ids(upTo: 1)))
      returning \(Letter.columns(at: now))
      """)
    guard let letter else { return .nothing }
    if try await putOff(letter) { return .putOff }
    try await begin(letter)
    return .letter(letter)
  }

  /// Leaves a message whose user is at rest for when that is over, unless the user wants no more of its kind by then.
  /// - Returns: whether it was left.
  private func putOff(_ letter: Letter) async throws -> Bool {
    let opening = try await opening(of: letter, from: now)
    guard opening != now else {
      try await noteDay(of: letter)
      return false
    }
    try await putBack(letter, until: opening)
    return true
  }

  /// Ends one attempt whose lease has run out: whoever had claimed it is gone, and may have handed it over before.
  /// - Returns: whether there was one.
  func endExpiredLease() async throws -> Bool {
    let letter: Letter? = try await db.first(
      """
      select \(Letter.columns(at: now)) from notification where status = 'queued' and next_attempt_at <= \(now)
      order by next_attempt_at limit 1 for no key update of notification skip locked
      """)
    guard let letter else { return false }
    try await settle(letter, .unknown)
    return true
  }

  /// Notes the attempt before it is made, so that none is ever forgotten.
  private func begin(_ letter: Letter) async throws {
    try await db.run(
      """
      insert into delivery (id, notification_id, attempt, channel, provider, recipient_masked, created_at, updated_at)
      values (\(context.newID()), \(letter.id), \(letter.attempt), \(letter.channel),
        \(Carrier.name(of: letter.channel) ?? "none"), \(letter.shownAddress), \(now), \(now))
      """)
  }
}
