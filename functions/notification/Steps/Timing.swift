import FunctionKit

/// A day of a user, and what is to fall on it.
struct MessageDay: Sendable {
  var user: ID
  var category: Category
  /// What does not count as another one.
  var occasion: String?
  var at: Instant
  var zone: String
}

extension Work {
  /// When none of some quiet hours holds any longer, from a moment on; the moment itself outside of them.
  /// - Returns: nil when no hour of the day is left.
  func end(of quiet: [QuietHours], from begin: Instant, _ zone: String) async throws -> Instant? {
    var end = begin
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

  /// Whether a user has had the share of a day.
  func isReached(_ cap: DailyCap, on day: MessageDay) async throws -> Bool {
    try await hold("cap:\(day.user)")
    let others: Int = try await db.one(
      """
      select count(distinct occasion) from notification
      where user_id = \(day.user) and category = \(day.category)
        and (\(cap.channel)::text is null or channel = \(cap.channel))
        and (\(cap.type)::text is null or type = \(cap.type)) and occasion <> \(day.occasion)
        and due_at >= date_trunc('day', \(day.at)::timestamptz, \(day.zone))
        and due_at < date_trunc('day', \(day.at)::timestamptz, \(day.zone)) + interval '1 day'
        and status not in ('failed', 'cancelled')
      """)
    return others >= cap.most
  }
}
