import FunctionKit

extension Work {
  /// What a report means for the address that it is about.
  func heed(_ meaning: StatusReport.Address, _ report: StatusReport, _ user: ID) async throws {
    switch meaning {
    case .lost(let reason): try await suppress(report, reason, until: nil)
    case .away: try await countBounce(report)
    case .unsubscribed: try await endAdvertising(to: user)
    }
  }

  /// For ever stays for ever.
  private func suppress(_ report: StatusReport, _ reason: SuppressionReason, until end: Instant?) async throws {
    guard let address = report.address else { return }
    try await db.run(
      """
      insert into suppression (channel, address_hash, reason, until, created_at, updated_at)
      values (\(report.channel), address_hash(\(address)), \(reason), \(end), \(now), \(now))
      on conflict (channel, address_hash) do update set reason = excluded.reason, until = excluded.until,
        updated_at = excluded.updated_at
      where suppression.until is not null
      """)
  }

  /// Leaves an address alone for a week after the third time in a row.
  private func countBounce(_ report: StatusReport) async throws {
    guard let address = report.address else { return }
    let count: Int = try await db.one(
      """
      insert into soft_bounce as known (channel, address_hash, count, last_at)
      values (\(report.channel), address_hash(\(address)), 1, \(now))
      on conflict (channel, address_hash) do update set count = least(known.count + 1, 3), last_at = excluded.last_at
      returning count
      """)
    guard count == 3 else { return }
    try await suppress(report, .bounce, until: now + .days(7))
    try await forgetBounces(report)
  }

  func forgetBounces(_ report: StatusReport) async throws {
    guard let address = report.address else { return }
    try await db.run(
      "delete from soft_bounce where channel = \(report.channel) and address_hash = address_hash(\(address))::char(64)")
  }

  /// Ends advertising and letters, as a press on their link does.
  func endAdvertising(to user: ID, newsletterOnly: Bool = false) async throws {
    _ = try await Preference.ensure(of: user, now: now, in: db)
    try await db.run(
      """
      update notification_preference set newsletter = false, version = version + 1, updated_at = \(now),
        promotions = promotions and \(newsletterOnly)::boolean,
        unsubscribed_all_marketing_at = case when \(newsletterOnly)::boolean then unsubscribed_all_marketing_at
          else coalesce(unsubscribed_all_marketing_at, \(now)) end
      where user_id = \(user)
      """)
  }
}
