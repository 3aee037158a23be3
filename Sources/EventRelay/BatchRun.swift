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

  var isAlone: Bool { items.count == 1 }

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
      if isAlone || (error as? Spoilt)?.cause is FunctionCrashed { await fail(error) }
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
    var tally = BatchTally()
    for (index, item) in claimed.enumerated() {
      if tally.failedKeys.contains(item.key) { continue }
      guard index == 0 || mayGoOn(since: start) else {
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

  private func mayGoOn(since start: UInt64) -> Bool {
    services.loop.now - start < BatchRun.budget && !services.quarantine.holds(function)
  }

  private func attempt(_ item: ClaimedItem, _ session: TransactionSession, _ tally: inout BatchTally) async throws {
    try await session.beginPart()
    let invocation = Invocation(
      function, of: bundle, services: services, session: session, requestID: item.id.description, after: item.caller,
      limit: isAlone ? nil : BatchRun.patience)
    var failure = await EventRelay.attempt(item, invocation, function)
    if failure == nil {
      do { try await session.keepPart() } catch { failure = error }
    }
    guard let failure else { return tally.done.append((item, invocation)) }
    try await undo(item, invocation, failure, session, &tally)
  }

  private func finish(_ tally: BatchTally, _ session: TransactionSession) async throws {
    if !tally.done.isEmpty { try await session.enqueue(Pending.done(at: tally.done.map(\.0.place))) }
    let keys = tally.retriedKeys
    if !keys.isEmpty { try await session.enqueue(Pending.release(function.name, keys, at: services.clock.now)) }
    do { try await session.commit() } catch {
      guard let (item, invocation) = tally.done.first else { throw error }
      let failed = FailedAttempt(dueItem(item), attempt: item.attempts + 1, error: error)
      throw Spoilt(cause: error, failed: failed, invocation: invocation)
    }
    for (_, invocation) in tally.done { services.log.finished(invocation, outcome: "done") }
    for failed in tally.dead { failureRecord.tell(failed) }
  }

  func dueItem(_ item: ClaimedItem) -> DueItem {
    DueItem(function: function.name, key: item.key, seq: item.seq)
  }
}
