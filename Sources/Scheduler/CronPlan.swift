package import FunctionKit
package import Manifest

/// When a schedule is due and what becomes of each of its ticks, as a pure value.
package struct CronPlan: Sendable {
  package let function: String
  package let schedule: CronSchedule
  package let zone: TimeZoneRules
  package let policy: CronPolicy

  package init(function: String, schedule: CronSchedule, zone: TimeZoneRules, policy: CronPolicy) {
    self.function = function
    self.schedule = schedule
    self.zone = zone
    self.policy = policy
  }

  /// What becomes of one tick, for good.
  package struct Decision: Sendable, Equatable {
    package let tick: Instant
    /// Why it does not run; nil for one that does.
    package let skippedReason: String?
  }

  /// How late a tick may be looked at and still be on time.
  package static let grace = Duration.seconds(60)

  /// Decides all ticks that are due, in their order.
  /// - Parameters:
  ///   - last: the latest tick that was decided, or when the function was first seen.
  ///   - unfinished: the earliest run of the function that is not over yet.
  package func decide(after last: Instant, unfinished: Instant?, now: Instant) -> [Decision] {
    let (ticks, isCutShort) = dueTicks(after: last, now: now)
    let missed = ticks.count - wanted(of: ticks, now: now)
    return ticks.enumerated().map { index, tick in
      guard index < missed else {
        return Decision(tick: tick, skippedReason: reason(tick, unfinished: unfinished, now: now))
      }
      let rest = index == 0 && isCutShort ? "; so were those before it, which are not listed" : ""
      return Decision(tick: tick, skippedReason: missedReason + rest)
    }
  }

  /// When the first tick after `last` is due.
  package func nextDue(after last: Instant) -> Instant? { next(after: last).map(due) }

  func next(after instant: Instant) -> Instant? {
    schedule.next(after: instant.seconds, zone: zone).map(Instant.init(seconds:))
  }

  /// The moment a tick starts at: its time and its jitter.
  package func due(_ tick: Instant) -> Instant {
    let span = policy.jitter.microseconds
    guard span > 0 else { return tick }
    return tick + .microseconds(Int64(stableHash("\(function)@\(tick.seconds)") % UInt64(span + 1)))
  }

  /// How many of the due ticks are not missed, or made up for; they are the last ones.
  private func wanted(of ticks: [Instant], now: Instant) -> Int {
    guard let last = ticks.last else { return 0 }
    switch policy.missed {
    case .skip: return isOnTime(last, now) ? 1 : 0
    case .last: return 1
    case .all(let limit): return min(limit, ticks.count)
    }
  }

  /// Why a tick can't start. One that is made up for was due while nobody looked, and so forbids itself nothing.
  private func reason(_ tick: Instant, unfinished: Instant?, now: Instant) -> String? {
    if isLate(tick, now) { return lateReason }
    guard policy.overlap == .forbid, let unfinished, isOnTime(tick, now) else { return nil }
    return "the run of \(unfinished) was not over"
  }

  private func isOnTime(_ tick: Instant, _ now: Instant) -> Bool { now - due(tick) <= CronPlan.grace }

  /// Whether the tick may not start any more.
  package func isLate(_ tick: Instant, _ now: Instant) -> Bool {
    policy.deadline.map { now - tick > $0 } ?? false
  }

  var lateReason: String { "it could not start within \(policy.deadline?.components.seconds ?? 0) s of its time" }

  private var missedReason: String {
    switch policy.missed {
    case .skip: "missed; no host looked when it was due"
    case .last: "missed; of several missed ticks only the last one runs"
    case .all(let limit): "missed; of many missed ticks only the last \(limit) run"
    }
  }
}

/// FNV-1a with a last mix: the same on every host, whatever its build.
private func stableHash(_ text: String) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
  return hash ^ (hash >> 33)
}
