internal import EventLoop
internal import FunctionKit
internal import Manifest
internal import Runtime

/// Some events of one function, one after the other in one transaction: the claim, their effects, what they emit and their
/// completion. Each is a part of it that fails by itself.
struct BatchRun: Sendable {
  let items: [DueItem]
  let function: LoadedFunction
  let bundle: LoadedBundle
  let services: HostServices

  /// After this long no other event is begun, so that what is done is not kept from being committed.
  private static let budget: UInt64 = 10
  /// An event that takes longer than this must not hold up the others: then each runs by itself.
  private static let patience = Duration.milliseconds(500)
  /// For waiting for a connection, and for putting down what became of it.
  private static let margin = Duration.seconds(10)

  /// What has been done so far.
  private struct Tally {
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

  private var isAlone: Bool { items.count == 1 }

  func run() async -> RunResult {
    let session = TransactionSession(
      bundle: bundle, function: function, services: services, timeout: function.manifest.timeout + BatchRun.margin)
    do {
      let claimed = try await claim(session)
      guard !claimed.isEmpty else {
        await session.rollback()
        return RunResult()
      }
      return try await work(through: claimed, session)
    } catch let error as Unclaimed {
      await session.rollback()
      services.log.host(
        .warning, "\(bundle.name)/\(function.name) could not take events and looks again: \(error.cause)")
      return RunResult()
    } catch {
      await session.rollback()
      if isAlone { await fail(error) }
      return RunResult(tried: 1, handling: UInt64(BatchRun.patience.microseconds / 1000), mustSplit: !isAlone)
    }
  }

  /// The rows that were free, without those whose predecessors were not.
  private func claim(_ session: TransactionSession) async throws -> [ClaimedItem] {
    let rows: [ClaimedItem]
    do {
      rows = try await session.run(Pending.claim(items, at: services.clock.now)).rows.map { try $0.decode() }
    } catch { throw Unclaimed(cause: error) }
    let free = Set(rows.map(\.seq))
    var barred: Set<String> = []
    for item in items where !free.contains(item.seq) { barred.insert(item.key) }
    return barred.isEmpty ? rows : rows.filter { row in !barred.contains(row.key) || isAhead(row, of: free) }
  }

  /// Whether all of the key's items up to this one are free.
  private func isAhead(_ row: ClaimedItem, of free: Set<Int64>) -> Bool {
    items.allSatisfy { $0.key != row.key || $0.seq > row.seq || free.contains($0.seq) }
  }

  private func work(through claimed: [ClaimedItem], _ session: TransactionSession) async throws -> RunResult {
    let start = services.loop.now
    var tally = Tally()
    for (index, item) in claimed.enumerated() {
      if tally.failedKeys.contains(item.key) { continue }
      guard index == 0 || services.loop.now - start < BatchRun.budget else {
        tally.untried = claimed[index...]
        break
      }
      try await attempt(item, session, &tally)
    }
    let handling = services.loop.now - start
    try await finish(tally, session)
    return RunResult(
      tried: claimed.count - tally.untried.count, handling: handling, unused: tally.untried.map(dueItem))
  }

  private func attempt(_ item: ClaimedItem, _ session: TransactionSession, _ tally: inout Tally) async throws {
    try await session.beginPart()
    let invocation = Invocation(
      function, of: bundle, services: services, session: session, requestID: item.id.description, trace: item.trace,
      limit: isAlone ? nil : BatchRun.patience)
    var failure = await EventRelay.attempt(item, invocation, function)
    if failure == nil {
      do { try await session.keepPart() } catch { failure = error }
    }
    guard let failure else { return tally.done.append((item, invocation)) }
    try await undo(item, invocation, failure, session, &tally)
  }

  /// Takes back what a failed event has done, and puts down that it failed.
  /// - Throws: ``Spoilt`` when the transaction is lost with it.
  private func undo(
    _ item: ClaimedItem, _ invocation: Invocation, _ error: any Error, _ session: TransactionSession,
    _ tally: inout Tally
  ) async throws {
    let failed = FailedAttempt(dueItem(item), attempt: item.attempts + 1, error: error)
    let spoilt = Spoilt(cause: error, failed: failed, invocation: invocation)
    // What a stopping host cuts off has not failed, and in a batch it had less time than is its due.
    if services.inFlight.isClosed || invocation.isExpired && !isAlone { throw spoilt }
    do { try await session.undoPart() } catch { throw spoilt }
    tell(spoilt)
    let (statement, isDead) = failed.record(function, release: bundle.release, at: services.clock.now)
    try await session.enqueue(statement)
    tally.failed.append(failed)
    if isDead { tally.dead.append(failed) }
  }

  /// A transaction that was lost with an event.
  private struct Spoilt: Error {
    let cause: any Error
    let failed: FailedAttempt
    let invocation: Invocation
  }

  /// Puts down, in another transaction, that the only event of this one failed. A database that went away is not the
  /// event's fault.
  private func fail(_ error: any Error) async {
    guard let spoilt = error as? Spoilt, !services.inFlight.isClosed else { return }
    tell(spoilt)
    if (spoilt.cause as? DatabaseError)?.isUnavailable == true, !spoilt.invocation.isExpired { return }
    await FailureRecord(function: function, bundle: bundle, services: services).write(spoilt.failed)
  }

  private func tell(_ spoilt: Spoilt) {
    services.log.finished(
      spoilt.invocation, outcome: spoilt.invocation.isExpired ? "timeout" : "failed", error: spoilt.failed.cause)
  }

  private func finish(_ tally: Tally, _ session: TransactionSession) async throws {
    if !tally.done.isEmpty { try await session.enqueue(Pending.done(at: tally.done.map(\.0.place))) }
    let keys = tally.retriedKeys
    if !keys.isEmpty { try await session.enqueue(Pending.release(function.name, keys, at: services.clock.now)) }
    do { try await session.commit() } catch {
      guard let (item, invocation) = tally.done.first else { throw error }
      let failed = FailedAttempt(dueItem(item), attempt: item.attempts + 1, error: error)
      throw Spoilt(cause: error, failed: failed, invocation: invocation)
    }
    for (_, invocation) in tally.done { services.log.finished(invocation, outcome: "done") }
    for failed in tally.dead { tellDead(failed) }
  }

  private func tellDead(_ failed: FailedAttempt) {
    FailureRecord(function: function, bundle: bundle, services: services).tell(failed)
  }

  private func dueItem(_ item: ClaimedItem) -> DueItem {
    DueItem(function: function.name, key: item.key, seq: item.seq)
  }
}
