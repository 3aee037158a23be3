import FunctionKit

extension Work {
  /// Writes down what came of an attempt and what follows from it. Whoever comes late, after the message's lease, changes
  /// what has been decided only by bringing the carrier's acceptance.
  func settle(_ letter: Letter, _ verdict: CarrierVerdict) async throws {
    let after = AfterAttempt(
      verdict, attempt: letter.attempt - letter.triesBefore, unknowns: try await unknowns(before: letter),
      channel: letter.channel, random: context.random())
    switch after {
    case .sent(let messageID): try await markSent(letter, messageID)
    case .again(let wait, let code): try await markPending(letter, wait, code)
    case .failed(let code): try await markFailed(letter, code)
    }
  }

  private func unknowns(before letter: Letter) async throws -> Int {
    try await db.one(
      """
      select count(*) from delivery where notification_id = \(letter.id) and attempt < \(letter.attempt)
        and attempt > \(letter.triesBefore) and error_code = \(AfterAttempt.unknown)
      """)
  }

  private func markSent(_ letter: Letter, _ messageID: String?) async throws {
    try await db.run(
      """
      update delivery set status = 'sent', sent_at = coalesce(sent_at, \(now)), updated_at = \(now), error_code = null,
        failed_at = null, cost_micro = \(try letter.cost(context)), provider_message_id = coalesce(provider_message_id, \(messageID))
      where notification_id = \(letter.id) and attempt = \(letter.attempt)
        and (status = 'pending' or error_code = \(AfterAttempt.unknown))
      """)
    let isSent = try await db.run(
      """
      update notification set status = 'sent', sent_at = \(now), next_attempt_at = null, updated_at = \(now)
      where id = \(letter.id) and attempts = \(letter.attempt) and status in ('queued', 'pending')
      """)
    if isSent == 1 { try await announceSent(letter) }
  }

  /// Not into the user's quiet hours, and not at all when it was called off meanwhile.
  private func markPending(_ letter: Letter, _ wait: Duration, _ code: String) async throws {
    try await end(letter, code)
    if let key = letter.cancelKey { try await hold("cancel:\(key)") }
    try await db.run(
      """
      update notification set updated_at = \(now),
        status = case when exists (select from cancelled_key where cancelled_key.cancel_key = notification.cancel_key)
          then 'cancelled' else 'pending' end,
        next_attempt_at = coalesce((
          select quiet_until(\(now + wait), quiet_start, quiet_end, timezone) from notification_preference
          where notification_preference.user_id = notification.user_id and quiet_enabled
            and channel in ('push', 'whatsapp', 'sms') and priority in ('low', 'normal')), \(now + wait))
      where id = \(letter.id) and attempts = \(letter.attempt) and status = 'queued'
      """)
  }

  private func markFailed(_ letter: Letter, _ code: String) async throws {
    try await end(letter, code)
    let isFailed = try await db.run(
      """
      update notification set status = 'failed', failed_at = \(now), failure_code = \(code), next_attempt_at = null,
        updated_at = \(now)
      where id = \(letter.id) and attempts = \(letter.attempt) and status = 'queued'
      """)
    if isFailed == 1 { try await announceFailed(letter, code) }
  }

  private func end(_ letter: Letter, _ code: String) async throws {
    try await db.run(
      """
      update delivery set status = 'failed', failed_at = \(now), error_code = \(code), updated_at = \(now)
      where notification_id = \(letter.id) and attempt = \(letter.attempt) and status = 'pending'
      """)
  }
}
