import FunctionKit

extension Work {
  /// Makes a failed message due again. Of two who press at once, one finds that it waits already.
  /// - Throws: ``Problem`` 404, or 409 with the reason for which it would not arrive or must not.
  func resend(_ id: ID) async throws {
    // Whoever calls something off holds its key before its messages.
    let key: String? = try await db.first(
      "select cancel_key from notification where id = \(id) and cancel_key is not null")
    let isCancelled = if let key { try await isCancelled(key) } else { false }
    let found: FailedMessage? = try await db.first(
      "select \(FailedMessage.columns) from notification where id = \(id) for no key update")
    guard let message = found else { throw Problem.notFound("notification") }
    guard message.status == .failed, !message.hasArrived else { throw Self.notFailed(message.status) }
    if isCancelled { throw Problem(409, "called_off", "What this message is about was called off.") }
    let due = try await dueAgain(message)
    let isDue = try await db.run(
      """
      update notification set status = 'pending', tries_before = attempts, next_attempt_at = \(due), due_at = \(due),
        failed_at = null, failure_code = null, sent_at = null, delivered_at = null,
        metadata = metadata || \(try renewal(of: message)), updated_at = \(now)
      where id = \(id) and status = 'failed'
      """)
    guard isDue == 1 else { throw Self.notFailed(message.status) }
    try await record(
      "notification", id, from: "failed", to: "pending", trigger: "ResendNotification", note: message.failureCode)
  }

  /// What counts for new messages counts for this one: who can't be reached or does not want it does not get it.
  private func dueAgain(_ message: FailedMessage) async throws -> Instant {
    let reachability = try await Reachability.find(message.userId, at: now, in: db)
    if reachability.isErased { throw Problem(409, "recipient_erased", "The account of this user is deleted.") }
    if reachability.suppressed.contains(message.channel) {
      throw Problem(409, "suppressed", "The address is left alone; lift its suppression first.")
    }
    guard reachability.reaches(message.channel) else {
      throw Problem(409, "unreachable", "The user has no \(message.channel.rawValue) to be reached by now.")
    }
    let preference = try await Preference.ensure(of: message.userId, now: now, in: db)
    guard preference.allows(message.channel, message.category, type: message.type) else {
      throw Problem(409, "not_wanted", "The user does not want such messages on this channel.")
    }
    let slot = MessageSlot(
      user: message.userId, channel: message.channel, category: message.category, type: message.type,
      priority: message.priority, occasion: message.occasion ?? message.id.description)
    guard let due = try await free(slot, after: now, preference) else {
      throw Problem(409, "daily_limit", "The user has had all such messages of the day.")
    }
    return due
  }

  /// The link in an advertisement must work for as long as in a new one.
  private func renewal(of message: FailedMessage) throws -> JSON {
    guard message.channel == .email, message.category == .marketing else { return [:] }
    return try unsubscribeLink(for: message.userId)
  }

  private static func notFailed(_ status: MessageStatus) -> Problem {
    Problem(
      409, "not_failed",
      status == .failed ? "The message was delivered after all." : "The message is \(status.rawValue), not failed.")
  }
}

/// A message that somebody wants sent again.
private struct FailedMessage: Decodable, Sendable {
  var id: ID
  var userId: ID
  var type: String
  var category: Category
  var channel: Channel
  var priority: Priority
  var status: MessageStatus
  var failureCode: String?
  var occasion: String?
  /// Whether its carrier has told of an arrival since.
  var hasArrived: Bool

  static let columns: SQL = """
    id, user_id, type, category, channel, priority, status, failure_code, occasion,
    exists (select from delivery where notification_id = notification.id
      and delivery.status in ('delivered', 'opened', 'clicked')) as has_arrived
    """
}
