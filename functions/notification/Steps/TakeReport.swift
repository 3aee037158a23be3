import FunctionKit

extension Work {
  /// Heeds a carrier's report once. Of a message that is not known here, nothing follows.
  func take(_ report: StatusReport, kind: String, key: String, body: JSON) async throws {
    let attempt = try await attempt(of: report)
    guard try await receive(kind, key: key, report, body, isKnown: attempt != nil), let attempt else { return }
    if let status = report.status { try await advance(attempt, to: status, report) }
    if let meaning = report.meaning { try await heed(meaning, report, attempt.userId) }
    if report.status?.hasArrived == true { try await forgetBounces(report) }
  }

  /// - Returns: false for a repeat.
  private func receive(
    _ kind: String, key: String, _ report: StatusReport, _ body: JSON, isKnown: Bool
  ) async throws -> Bool {
    try await db.run(
      """
      insert into webhook_inbox (id, kind, dedupe_key, body, status, reference, created_at, updated_at)
      values (\(context.newID()), \(kind), encode(sha256(convert_to(\("\(kind):\(key)"), 'UTF8')), 'hex'), \(body),
        \(isKnown ? "processed" : "ignored"), \(String(report.messageID.prefix(255))), \(now), \(now))
      on conflict (dedupe_key) do nothing
      """) == 1
  }

  /// The attempt that a report is of: by the carrier's id or, when its answer was lost, the last one of our own.
  private func attempt(of report: StatusReport) async throws -> ReportedAttempt? {
    let found: ReportedAttempt? = try await db.first(
      """
      select \(ReportedAttempt.columns) from delivery join notification on notification.id = notification_id
      where provider = \(report.carrier) and provider_message_id = \(report.messageID) for update of delivery
      """)
    guard found == nil, let id = report.notificationID else { return found }
    return try await db.first(
      """
      select \(ReportedAttempt.columns) from delivery join notification on notification.id = notification_id
      where notification_id = \(id) and provider = \(report.carrier) and provider_message_id is null
      order by attempt desc limit 1 for update of delivery
      """)
  }

  private func advance(_ attempt: ReportedAttempt, to next: DeliveryStatus, _ report: StatusReport) async throws {
    // What nobody knew the outcome of is known now.
    let current = attempt.errorCode == AfterAttempt.unknown ? .pending : attempt.status
    guard current.mayBecome(next) else { return }
    let isEnd = next == .bounced || next == .failed
    // Its carrier has taken it, though the answer was lost.
    let cost = attempt.wasSent || next == .failed ? nil : try await letter(attempt).cost(context)
    try await db.run(
      """
      update delivery set status = \(next), error_code = \(isEnd ? report.code : nil), updated_at = \(now),
        provider_message_id = coalesce(provider_message_id, nullif(\(report.messageID), '')),
        cost_micro = coalesce(\(cost)::bigint, cost_micro),
        sent_at = coalesce(sent_at, \(now)::timestamptz),
        delivered_at = case when \(next.hasArrived)::boolean then coalesce(delivered_at, \(now)::timestamptz) else delivered_at end,
        opened_at = case when \(next)::text in ('opened', 'clicked') then coalesce(opened_at, \(now)::timestamptz) else opened_at end,
        clicked_at = case when \(next)::text = 'clicked' then \(now)::timestamptz else clicked_at end,
        bounced_at = case when \(next)::text = 'bounced' then \(now)::timestamptz else bounced_at end,
        failed_at = case when \(next)::text = 'failed' then \(now)::timestamptz end
      where id = \(attempt.id)
      """)
    try await isEnd ? end(attempt, report.code ?? next.rawValue) : arrive(attempt, next)
  }

  /// The message follows its attempt, and is announced as sent if the carrier's answer never came.
  private func arrive(_ attempt: ReportedAttempt, _ next: DeliveryStatus) async throws {
    let wasSent: Bool? = try await db.first(
      """
      update notification as new set updated_at = \(now), next_attempt_at = null,
        status = case when \(next.hasArrived)::boolean then 'delivered' else 'sent' end,
        sent_at = coalesce(old.sent_at, \(now)::timestamptz),
        delivered_at = case when \(next.hasArrived)::boolean then \(now)::timestamptz end
      from (select id, status, sent_at from notification where id = \(attempt.notificationId) for update) as old
      where new.id = old.id and old.status in ('pending', 'queued', 'sent')
        and not (old.status = 'sent' and not \(next.hasArrived)::boolean)
      returning old.sent_at is not null
      """)
    if wasSent == false { try await announceSent(try await letter(attempt)) }
  }

  /// An attempt that others have followed, or that somebody has had repeated, is no longer the message's own.
  private func end(_ attempt: ReportedAttempt, _ code: String) async throws {
    let letter = try await letter(attempt)
    let isFailed = try await db.run(
      """
      update notification set status = 'failed', failed_at = \(now), failure_code = \(code), next_attempt_at = null,
        updated_at = \(now)
      where id = \(attempt.notificationId) and attempts = \(attempt.attempt)
        and ((status in ('sent', 'pending', 'queued') and attempts > tries_before)
          or (status = 'delivered' and \(code)::text in ('bounce', 'blocked')))
      """)
    if isFailed == 1 { try await announceFailed(letter, code) }
  }

  private func letter(_ attempt: ReportedAttempt) async throws -> Letter {
    try await db.one("select \(Letter.columns(at: now)) from notification where id = \(attempt.notificationId)")
  }
}

/// An attempt that a carrier speaks of.
private struct ReportedAttempt: Decodable, Sendable {
  var id: ID
  var notificationId: ID
  var attempt: Int
  var status: DeliveryStatus
  var errorCode: String?
  /// Whether its carrier was known to have taken it.
  var wasSent: Bool
  var userId: ID

  static let columns: SQL = """
    delivery.id, notification_id, attempt::int as attempt, delivery.status, error_code,
      delivery.sent_at is not null as was_sent, user_id
    """
}
