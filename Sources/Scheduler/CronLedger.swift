internal import FunctionKit
internal import Manifest
internal import Postgres

/// All ticks of one function in its database, where hosts agree on what becomes of each.
struct CronLedger: Sendable {
  let plan: CronPlan
  let pool: PostgresPool

  /// What a look has found.
  struct Look {
    /// The latest tick that is decided.
    var decided: Instant
    /// In the order in which they may start.
    var open: [OpenRun]
  }

  /// Decides every tick that is due and has not been decided.
  func decide(now: Instant) async throws -> Look {
    try await alone { transaction in
      let known: Known = try await first(known(), transaction)
      let last = known.last ?? now - CronPlan.grace
      if known.last == nil { _ = try await transaction.run(seen(at: last)) }
      let decisions = plan.decide(after: last, unfinished: known.unfinished, now: now)
      if !decisions.isEmpty { _ = try await transaction.run(insert(decisions, now: now)) }
      let open = try await transaction.run(open()).rows.map { try $0.decode(OpenRun.self) }
      return Look(decided: decisions.last?.tick ?? last, open: open)
    }
  }

  func openRuns() async throws -> [OpenRun] {
    try await pool.read(open(), timeout: .seconds(10)).rows.map { try $0.decode() }
  }

  /// Adds a run besides the schedule.
  /// - Throws: ``Problem`` 409 when another one is not over and the function forbids two.
  func insertManual(at moment: Instant, now: Instant) async throws -> CronRecord {
    try await alone { transaction in
      let known: Known = try await first(known(), transaction)
      if plan.policy.overlap == .forbid, let unfinished = known.unfinished {
        throw Problem(
          409, "already_running",
          "The run of \(plan.function) for \(unfinished) is not over, and its manifest forbids two at once. "
            + "Wait for it, or set 'overlap: queue'.")
      }
      return try await first(
        """
        insert into lakoo.cron_tick (function, scheduled_at, status, manual, next_attempt_at)
        values (\(plan.function), \(moment), 'pending', true, \(now)) returning \(CronRecord.columns)
        """, transaction)
    }
  }

  /// Runs the body in a transaction that no other look or manual run of the function goes on beside.
  private func alone<Result>(_ body: (PostgresTransaction) async throws -> Result) async throws -> Result {
    let transaction = try await pool.begin(timeout: .seconds(10))
    do {
      _ = try await transaction.run(
        "select pg_advisory_xact_lock(hashtextextended('lakoo.cron_tick ' || \(plan.function), 0))")
      let result = try await body(transaction)
      try await transaction.commit()
      return result
    } catch {
      await transaction.rollback()
      throw error
    }
  }

  private func first<Value: Decodable>(_ statement: SQL, _ transaction: PostgresTransaction) async throws -> Value {
    guard let row = try await transaction.run(statement).rows.first else { throw NoRow() }
    return try row.decode()
  }

  /// A statement that always gives a row gave none.
  private struct NoRow: Error {}
}
