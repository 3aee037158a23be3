import FunctionKit

/// What became of a wish to settle a week.
enum SettlementRunOutcome: Sendable {
  case ended(BatchRecord)
  /// Another run is at work, on this week or another one.
  case inProgress
}

extension Context {
  /// A run is given up by everybody else until this long after its last step.
  private static let lease: Duration = .minutes(10)

  /// Settles a week, seller by seller, one transaction each. A run that was cut off is gone on with; one that has come to
  /// its end is left as it is.
  /// - Parameter limit: when to stop all the same; the hourly job goes on then.
  func settle(
    _ period: SettlementPeriod, until limit: Instant, because trigger: String
  ) async throws -> SettlementRunOutcome {
    let claim = try await work(because: trigger) { try await $0.claimBatch(period, lease: Self.lease) }
    guard let batch = claim else { return .inProgress }
    guard batch.status == .running else { return .ended(batch) }
    do {
      let status = try await settleSellers(of: batch, until: limit, because: trigger)
      return .ended(try await work(because: trigger) { try await $0.release(batch, status) })
    } catch {
      if !Task.isCancelled { try await work(because: trigger) { _ = try await $0.release(batch, .failed) } }
      throw error
    }
  }

  private func settleSellers(
    of batch: BatchRecord, until limit: Instant, because trigger: String
  ) async throws -> BatchRecord.Status {
    var (last, isWhole) = (ID.first, true)
    while let seller = try await db.dueSeller(after: last, before: batch.period.end) {
      guard now < limit else { return .running }
      if try await !settle(seller, in: batch, because: trigger) { isWhole = false }
      last = seller
    }
    return isWhole ? .completed : .failed
  }

  /// - Returns: false when it has to be tried again. No single seller holds up the others.
  private func settle(_ seller: ID, in batch: BatchRecord, because trigger: String) async throws -> Bool {
    do {
      let user = try await user(ofSeller: seller, before: batch.period.end)
      try await work(because: trigger) { work in
        // The seller before the batch, as whoever approves a settlement does.
        try await work.lockSettlements(of: seller)
        try await work.goOn(with: batch, lease: Self.lease)
        try await work.settle(seller, user: user, in: batch)
      }
      return true
    } catch {
      let isOver = error is SettlementRunLost || (error as? DatabaseError)?.isUnavailable == true
      if Task.isCancelled || isOver { throw error }
      log.error("seller \(seller) could not be settled for \(batch.period.firstDay), and is tried again: \(error)")
      return false
    }
  }
}

/// Another run has taken over, because this one was not heard of for too long.
struct SettlementRunLost: Error {}
