import FunctionKit

enum ReconciliationStatus: String, Codable, SQLValue, Sendable, CaseIterable {
  /// At work, or cut off and to be gone on with.
  case running
  case balanced, unbalanced
  /// The provider did not answer; the next run goes on.
  case failed
}

/// A row of `reconciliation_run`: one day held against the provider's list.
struct ReconciliationRun: Decodable, Sendable, Equatable {
  /// How many movements came out how.
  struct Counts: Decodable, Sendable, Equatable {
    var matched: Int
    var missingHere: Int
    var missingThere: Int
    var amountMismatch: Int
    var feeMismatch: Int
    var duplicate: Int
    var unmodelled: Int
    var healed: Int
    var amountHere: Int
    var amountThere: Int
  }

  var id: ID
  var reconDate: BusinessDay
  var status: ReconciliationStatus
  var clearingHere: Int?
  var clearingThere: Int?
  var pass: Int
  var progress: ReconciliationProgress
  var workerId: ID?
  var workerUntil: Instant?
  var lastError: String?
  var startedAt: Instant
  var finishedAt: Instant?
  var counts: Counts

  static let countColumns: SQL = """
    matched, missing_here, missing_there, amount_mismatch, fee_mismatch, duplicate, unmodelled, healed, amount_here,
    amount_there
    """
  static let columns: SQL = """
    id, recon_date, status, clearing_here, clearing_there, pass, progress, worker_id, worker_until, last_error,
    started_at, finished_at, jsonb_build_object('matched', matched, 'missingHere', missing_here,
      'missingThere', missing_there, 'amountMismatch', amount_mismatch, 'feeMismatch', fee_mismatch,
      'duplicate', duplicate, 'unmodelled', unmodelled, 'healed', healed, 'amountHere', amount_here,
      'amountThere', amount_there) as counts
    """
}

extension Database {
  func reconciliation(_ id: ID) async throws -> ReconciliationRun? {
    try await first("select \(ReconciliationRun.columns) from reconciliation_run where id = \(id)")
  }

  /// Days of the last while that have not been reconciled to the end, and all that were begun, oldest first.
  func unreconciledDays(before today: BusinessDay, most: Int) async throws -> [BusinessDay] {
    let first = BusinessDay(of: today.start - .days(Int64(most)))
    return try await all(
      """
      select day::date as day from generate_series(\(first)::date, \(today.before)::date, interval '1 day') as day
      where not exists (select from reconciliation_run
        where recon_date = day::date and status in ('balanced', 'unbalanced'))
      union select recon_date from reconciliation_run where status in ('running', 'failed') and recon_date < \(today)
      order by day
      """)
  }
}

/// Who holds a day against the provider's list.
enum Reconciler: String, Sendable {
  /// There is one at a time, so that what it finds at work is taken over: it was left behind, or will notice and stop.
  case job = "reconciliation"
  /// Begins a day that is done anew, and leaves alone what somebody is at work on.
  case person = "run_reconciliation"
}

/// Somebody else has taken the run over.
struct RunLost: Error {}

extension Work {
  /// How long a run that nobody goes on with is left to who began it.
  private static let lease: Duration = .minutes(10)

  /// Begins a day, or goes on with one that was cut off.
  /// - Returns: nil when somebody is at work on it, or nothing is to be done.
  func claimReconciliation(of day: BusinessDay, by reconciler: Reconciler) async throws -> ReconciliationRun? {
    try await db.run(
      """
      insert into reconciliation_run (id, recon_date, progress, started_at, created_at, updated_at)
      values (\(context.newID()), \(day), \(AsJSON(ReconciliationProgress())), \(now), \(now), \(now))
      on conflict (recon_date) do nothing
      """)
    let run: ReconciliationRun = try await db.one(
      "select \(ReconciliationRun.columns) from reconciliation_run where recon_date = \(day) for no key update")
    let isTaken = run.status == .running && run.workerUntil.map { $0 > now } ?? false
    let isOver = run.status == .balanced || run.status == .unbalanced
    let isFree = reconciler == .job ? !isOver : !isTaken
    guard isFree else { return nil }
    let progress = isOver ? ReconciliationProgress() : run.progress
    return try await db.one(
      """
      update reconciliation_run set status = 'running', worker_id = \(context.newID()),
        worker_until = \(now + Self.lease), pass = pass + \(isOver ? 1 : 0), progress = \(AsJSON(progress)),
        last_error = null, started_at = \(isOver ? now : run.startedAt), updated_at = \(now)
      where id = \(run.id) returning \(ReconciliationRun.columns)
      """)
  }

  /// Locks the run until the transaction ends.
  /// - Throws: ``RunLost``.
  func hold(_ run: ReconciliationRun) async throws -> ReconciliationRun {
    let held: ReconciliationRun? = try await db.first(
      """
      select \(ReconciliationRun.columns) from reconciliation_run
      where id = \(run.id) and worker_id = \(run.workerId) and status = 'running' for no key update
      """)
    guard let held else { throw RunLost() }
    return held
  }

  /// Keeps how far it has come, with the transaction that brought it there.
  func save(_ progress: ReconciliationProgress, of run: ReconciliationRun) async throws -> ReconciliationRun {
    try await db.one(
      """
      update reconciliation_run set progress = \(AsJSON(progress)), worker_until = \(now + Self.lease),
        updated_at = \(now)
      where id = \(run.id) returning \(ReconciliationRun.columns)
      """)
  }

  /// Leaves a run to whoever goes on with it.
  /// - Parameter failure: why it could not go on; nil when its time was over.
  func release(_ run: ReconciliationRun, failure: String?) async throws {
    try await db.run(
      """
      update reconciliation_run set status = \(failure == nil ? ReconciliationStatus.running : .failed),
        last_error = \(failure.map { String($0.prefix(500)) }), worker_until = \(now), updated_at = \(now)
      where id = \(run.id) and worker_id = \(run.workerId) and status = 'running'
      """)
  }
}
