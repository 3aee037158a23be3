internal import FunctionKit
internal import Runtime

/// What has become of a batch so far.
struct BatchTally {
  var done: [(ClaimedItem, Invocation)] = []
  var failed: [FailedAttempt] = []
  var dead: [FailedAttempt] = []
  var untried = ArraySlice<ClaimedItem>()

  var failedKeys: [String] { failed.map(\.item.key) }
  /// Others may have been made to wait behind these.
  var retriedKeys: [String] {
    Set(done.map(\.0).filter { $0.attempts > 0 }.map(\.key)).subtracting(failedKeys).sorted()
  }
}

extension BatchRun {
  /// Takes back what a failed event has done, and puts down that it failed.
  /// - Throws: ``Spoilt`` when the transaction is lost with it.
  func undo(
    _ item: ClaimedItem, _ invocation: Invocation, _ error: any Error, _ session: TransactionSession,
    _ tally: inout BatchTally
  ) async throws {
    let failed = FailedAttempt(dueItem(item), attempt: item.attempts + 1, error: error)
    let spoilt = Spoilt(cause: error, failed: failed, invocation: invocation)
    // What a stopping host cuts off has not failed. In a batch it had less time than is its due, and may have met with a
    // lock that the others brought.
    let isOthers = invocation.isExpired || (error as? DatabaseError)?.isTransient == true
    if services.inFlight.isClosed || isOthers && !isAlone { throw spoilt }
    do { try await session.undoPart() } catch { throw spoilt }
    tell(spoilt)
    let (statement, isDead) = failed.record(function, release: bundle.release, at: services.clock.now)
    try await session.enqueue(statement)
    tally.failed.append(failed)
    if isDead { tally.dead.append(failed) }
  }

  /// A transaction that was lost with an event.
  struct Spoilt: Error {
    let cause: any Error
    let failed: FailedAttempt
    let invocation: Invocation
  }

  /// Puts down, in another transaction, that the only event of this one failed. A database that went away is not the
  /// event's fault.
  func fail(_ error: any Error) async {
    guard let spoilt = error as? Spoilt, !services.inFlight.isClosed else { return }
    tell(spoilt)
    if (spoilt.cause as? DatabaseError)?.isUnavailable == true, !spoilt.invocation.isExpired { return }
    await failureRecord.write(spoilt.failed)
  }

  var failureRecord: FailureRecord { FailureRecord(function: function, bundle: bundle, services: services) }

  private func tell(_ spoilt: Spoilt) {
    services.log.finished(
      spoilt.invocation, outcome: spoilt.invocation.isExpired ? "timeout" : "failed", error: spoilt.failed.cause)
  }
}
