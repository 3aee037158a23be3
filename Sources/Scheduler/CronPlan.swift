internal import FunctionKit
internal import Manifest

/// When a schedule is due, as a pure value.
struct CronPlan: Sendable {
  let schedule: CronSchedule
  let zone: TimeZoneRules

  /// The latest firing that is due and was not made: of those missed while nobody ran, only the last counts.
  /// - Parameter last: the latest known firing, or when the function was first seen.
  func due(after last: Instant, now: Instant) -> Instant? {
    // The last firing is near for a schedule that fires often, so that the search is short for all of them.
    for span in [60, 3600, 86_400, CronPlan.lookBack] {
      let start = max(last.seconds, now.seconds - span)
      if let latest = latest(after: start, through: now.seconds) { return Instant(seconds: latest) }
      if start == last.seconds { return nil }
    }
    return nil
  }

  private func latest(after start: Int64, through end: Int64) -> Int64? {
    var latest: Int64?
    var cursor = start
    while let next = schedule.next(after: cursor, zone: zone), next <= end {
      latest = next
      cursor = next
    }
    return latest
  }

  func next(after now: Instant) -> Instant? {
    schedule.next(after: now.seconds, zone: zone).map(Instant.init(seconds:))
  }

  /// Firings older than this are not made up for, which bounds the search after a long stop.
  private static let lookBack: Int64 = 40 * 86_400
}
