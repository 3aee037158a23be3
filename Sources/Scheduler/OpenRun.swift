package import FunctionKit
internal import Manifest

/// A run that is not over: one to start, one that runs, or one whose host may have died.
package struct OpenRun: Sendable, Decodable, Equatable {
  package let id: Int64
  package let scheduledAt: Instant
  /// How often it was started.
  package let attempts: Int
  /// Whether it was asked for by a person, at a time of their choice.
  package let manual: Bool
  /// Since when it may start; nil while its host has it.
  package let startableAt: Instant?

  package init(id: Int64, scheduledAt: Instant, attempts: Int, manual: Bool, startableAt: Instant?) {
    self.id = id
    self.scheduledAt = scheduledAt
    self.attempts = attempts
    self.manual = manual
    self.startableAt = startableAt
  }

  /// The same, as one that nobody else may start.
  var owned: OpenRun {
    OpenRun(id: id, scheduledAt: scheduledAt, attempts: attempts, manual: manual, startableAt: nil)
  }
}

extension CronPlan {
  /// What to do about the runs that are not over, given in their order.
  package struct Turn: Sendable, Equatable {
    package var start: [OpenRun] = []
    /// Those that have waited for longer than their deadline.
    package var skip: [OpenRun] = []
    /// When another one may be started.
    package var nextAt: Instant?
  }

  package func turn(of open: [OpenRun], now: Instant) -> Turn {
    var turn = Turn()
    for run in open {
      if run.attempts == 0, !run.manual, isLate(run.scheduledAt, now) {
        turn.skip.append(run)
        continue
      }
      if let startableAt = run.startableAt, startableAt <= now {
        turn.start.append(run)
      } else if let startableAt = run.startableAt {
        turn.nextAt = min(turn.nextAt ?? startableAt, startableAt)
      }
      if policy.overlap != .allow { break }
    }
    return turn
  }
}
