import FunctionKit

/// Holds yesterday, and every day of the last weeks that could not be, against what the provider says that moved. What the
/// provider has done and we were not told is made good; what else differs is for people.
struct Reconciliation: CronJob {
  private static let days = 35
  /// Well below the function's time. What is left then goes on the next day, or when somebody asks for it.
  private static let longest: Duration = .minutes(55)

  func handle(_ tick: Tick, context: Context) async throws {
    let deadline = context.now + Self.longest
    let today = BusinessDay(of: context.now)
    for day in try await context.db.unreconciledDays(before: today, most: Self.days) where context.now < deadline {
      try await context.skippingFailures("\(day) is to be reconciled") {
        _ = try await context.reconcile(day, until: deadline, by: .job)
      }
    }
  }
}
