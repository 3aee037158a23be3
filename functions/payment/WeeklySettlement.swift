import FunctionKit

/// Settles the week that is over, after every earlier one that was missed or came to no end.
struct WeeklySettlement: CronJob {
  /// Below the function's time; what is left is gone on with every hour.
  static let longest: Duration = .minutes(50)

  func handle(_ tick: Tick, context: Context) async throws {
    let last = SettlementPeriod(before: min(tick.scheduledAt, context.now))
    let limit = context.now + Self.longest
    for period in try await context.db.periodsToSettle(upTo: last) {
      guard case .ended = try await context.settle(period, until: limit, because: "weekly_settlement") else {
        return context.log.warning("the week of \(period.firstDay) is being settled by another run")
      }
    }
  }
}

/// Goes on with weeks that were cut off, and with sellers that could not be settled.
struct ResumeSettlements: CronJob {
  func handle(_ tick: Tick, context: Context) async throws {
    let limit = context.now + WeeklySettlement.longest
    for period in try await context.db.unfinishedPeriods() {
      guard case .ended = try await context.settle(period, until: limit, because: "resume_settlements") else { return }
    }
  }
}

extension Database {
  /// The oldest first. The very first week takes all that is due from before.
  fileprivate func periodsToSettle(upTo last: SettlementPeriod) async throws -> [SettlementPeriod] {
    var periods = try await unfinishedPeriods()
    var period = try await latestPeriod()?.next ?? last
    while period.start <= last.start {
      periods.append(period)
      period = period.next
    }
    return periods
  }
}
