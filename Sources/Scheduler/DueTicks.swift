internal import FunctionKit
internal import Manifest

extension CronPlan {
  /// More missed ticks than these are not listed one by one, which bounds the work after a long stop.
  package static let listed = 1000

  /// The ticks that are due, the last ones if there are too many; one that its jitter holds back holds back what follows.
  func dueTicks(after last: Instant, now: Instant) -> (ticks: [Instant], isCutShort: Bool) {
    guard last < now else { return ([], false) }
    // The last ticks are near for a schedule that fires often, so that the search is short for all of them.
    var span = max(60, policy.jitter.components.seconds + 1)
    while true {
      let start = max(last.seconds, now.seconds - span)
      let ticks = ticks(after: start, through: now.seconds).prefix { due($0) <= now }
      if start == last.seconds || ticks.count > CronPlan.listed {
        return (ticks.suffix(CronPlan.listed), ticks.count > CronPlan.listed)
      }
      span *= 2
    }
  }

  private func ticks(after start: Int64, through end: Int64) -> [Instant] {
    var ticks: [Instant] = []
    var cursor = start
    while let next = schedule.next(after: cursor, zone: zone), next <= end {
      ticks.append(Instant(seconds: next))
      cursor = next
    }
    return ticks
  }
}
