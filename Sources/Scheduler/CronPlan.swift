internal import FunctionKit
internal import Manifest

/// When a schedule is due, as a pure value.
struct CronPlan: Sendable {
  let schedule: CronSchedule
  let zone: TimeZoneRules

  /// The latest firing that is due and was not made: of those missed while nobody ran, only the last counts.
  /// - Parameter last: the latest known firing, or when the function was first seen.
  func due(after last: Instant, now: Instant) -> Instant? {
    var latest: Int64?
    var cursor = max(last.seconds, now.seconds - CronPlan.lookBack)
    while let next = schedule.next(after: cursor, zone: zone), next <= now.seconds {
      latest = next
      cursor = next
    }
    return latest.map(Instant.init(seconds:))
  }

  func next(after now: Instant) -> Instant? {
    schedule.next(after: now.seconds, zone: zone).map(Instant.init(seconds:))
  }

  /// Firings older than this are not made up for, which bounds the search after a long stop.
  private static let lookBack: Int64 = 40 * 86_400
}
