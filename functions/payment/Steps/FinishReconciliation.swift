import FunctionKit

/// What each side has of the money between us and the wallet service, debits positive; together nothing.
struct Clearing: Sendable, Equatable {
  var here: Int
  var there: Int
}

extension Context {
  /// What is on its way at a moment is in one of the books only, so a difference counts when it stays.
  func compareClearing(asOf time: Instant) async -> Clearing? {
    var last: Clearing?
    do {
      for minutes in [0, 10, 20] as [Int64] {
        let moment = time + .minutes(minutes)
        let clearing = try await Clearing(
          here: db.clearingBalance(asOf: moment), there: services.walletClearing(asOf: moment))
        if clearing.here + clearing.there == 0 { return clearing }
        last = clearing
      }
      if let last {
        log.error("clearing:wallet is \(last.here) and the wallet's clearing:payment \(last.there), as of \(time)")
      }
    } catch {
      log.warning("clearing:wallet can't be compared with the wallet's: \(error)")
    }
    return last
  }
}

extension Work {
  /// Ends a run: what it has counted is what everybody sees from now on.
  func finish(_ run: ReconciliationRun, _ clearing: Clearing?) async throws -> ReconciliationRun {
    let held = try await hold(run)
    try await dropStaleItems(of: held)
    let finished = try await close(held, clearing)
    if finished.counts.unmodelled > 0 {
      context.log.error("\(finished.counts.unmodelled) movements of \(run.reconDate) are of kinds that are not booked")
    }
    let isTold = held.finishedAt != nil && held.counts == finished.counts
    if finished.status == .unbalanced, !isTold { try await emit(ReconciliationMismatchFound(finished, at: now)) }
    return finished
  }

  private func close(_ run: ReconciliationRun, _ clearing: Clearing?) async throws -> ReconciliationRun {
    try await db.one(
      """
      with seen as (
        select kind, healed, count(*)::int as items from reconciliation_item
        where run_id = \(run.id) and pass = \(run.pass) group by kind, healed
      ), sums as (
        select coalesce(sum(items) filter (where kind = 'missing_here'), 0)::int as missing_here_items,
          coalesce(sum(items) filter (where kind = 'missing_there'), 0)::int as missing_there_items,
          coalesce(sum(items) filter (where kind = 'amount_mismatch'), 0)::int as amount_mismatch_items,
          coalesce(sum(items) filter (where kind = 'fee_mismatch'), 0)::int as fee_mismatch_items,
          coalesce(sum(items) filter (where kind = 'duplicate'), 0)::int as duplicate_items,
          coalesce(sum(items) filter (where kind = 'unmodelled'), 0)::int as unmodelled_items,
          coalesce(sum(items) filter (where healed), 0)::int as healed_items,
          coalesce(sum(items) filter (where kind <> 'unmodelled' and not healed), 0) = 0 as is_balanced
        from seen)
      update reconciliation_run set status = case when sums.is_balanced then 'balanced' else 'unbalanced' end,
        matched = \(run.progress.matched), missing_here = sums.missing_here_items, missing_there = sums.missing_there_items,
        amount_mismatch = sums.amount_mismatch_items, fee_mismatch = sums.fee_mismatch_items, duplicate = sums.duplicate_items,
        unmodelled = sums.unmodelled_items, healed = sums.healed_items, amount_here = \(run.progress.amountHere),
        amount_there = \(run.progress.amountThere), clearing_here = \(clearing?.here),
        clearing_there = \(clearing?.there), worker_until = null, finished_at = \(now), updated_at = \(now)
      from sums where id = \(run.id) returning \(ReconciliationRun.columns)
      """)
  }
}
