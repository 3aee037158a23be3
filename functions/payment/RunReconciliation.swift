import FunctionKit

/// Holds a day against the provider's list now, again if it was before. A day that takes longer than a request may is
/// answered 202; asked for again, it goes on where it was.
struct RunReconciliation: Endpoint {
  private static let longest: Duration = .minutes(4)

  struct Input: Decodable {
    /// Before today in Jakarta.
    var date: BusinessDay
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<ReconciliationView> {
    guard input.date.start < BusinessDay(of: context.now).start else {
      throw Problem.invalid("date", "must be before today", code: "range")
    }
    let run = try await context.reconcile(input.date, until: context.now + Self.longest, by: .person)
    guard let run else {
      throw Problem(409, "run_in_progress", "\(input.date) is being reconciled; look at it in some minutes.")
    }
    let view = try await ReconciliationView.load(run, from: context.db, limit: nil, cursor: nil)
    return Reply(view, status: run.status == .running ? 202 : 200)
  }
}
