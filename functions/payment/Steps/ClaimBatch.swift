import FunctionKit

extension Work {
  /// Takes a week for this run. One that is completed is given as it is.
  /// - Returns: nil while another run is at work.
  func claimBatch(_ period: SettlementPeriod, lease: Duration) async throws -> BatchRecord? {
    try await lock("settlement_run")
    guard try await !db.isSettling(at: now) else { return nil }
    let found = try await db.batch(of: period)
    if let found, found.status == .completed { return found }
    let id = if let found { found.id } else { try await insertBatch(period) }
    return try await db.one(
      """
      update settlement_batch set status = 'running', run_id = \(context.newID()), run_until = \(now + lease),
        updated_at = \(now)
      where id = \(id) returning \(BatchRecord.columns)
      """)
  }

  private func insertBatch(_ period: SettlementPeriod) async throws -> ID {
    let id = context.newID()
    _ = try await numbered(.settlementBatch) { number in
      try await db.run(
        """
        insert into settlement_batch (id, batch_number, period_start, period_end, created_at, updated_at)
        values (\(id), \(number), \(period)::date, \(period)::date + 7, \(now), \(now))
        on conflict (batch_number) do nothing
        """)
    }
    return id
  }

  /// - Throws: ``SettlementRunLost``.
  func goOn(with batch: BatchRecord, lease: Duration) async throws {
    let isOurs = try await db.run(
      """
      update settlement_batch set run_until = \(now + lease), updated_at = \(now)
      where id = \(batch.id) and run_id = \(batch.runId)
      """)
    guard isOurs == 1 else { throw SettlementRunLost() }
  }

  /// Ends the run, if it is still the one that has the batch.
  func release(_ batch: BatchRecord, _ status: BatchRecord.Status) async throws -> BatchRecord {
    try await db.run(
      """
      update settlement_batch set status = \(status), run_id = null, run_until = null, updated_at = \(now)
      where id = \(batch.id) and run_id = \(batch.runId)
      """)
    return try await recount(batch.id)
  }
}

extension Database {
  fileprivate func isSettling(at now: Instant) async throws -> Bool {
    try await one("select exists (select from settlement_batch where run_until > \(now))")
  }
}
