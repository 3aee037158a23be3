internal import FunctionKit
internal import Manifest
internal import Postgres
internal import Runtime

/// One firing of one cron function.
struct CronRun: Sendable {
  let scheduledAt: Instant
  let function: LoadedFunction
  let bundle: LoadedBundle
  let services: HostServices

  func start(whenOver: @escaping @Sendable (Unclaimed?) -> Void) {
    let timeout = function.manifest.timeout
    let session: any DatabaseSession =
      function.usesOwnTransactions
      ? ReadSession(bundle: bundle, timeout: timeout)
      : TransactionSession(bundle: bundle, function: function, services: services, timeout: timeout)
    let invocation = Invocation(
      function, of: bundle, services: services, session: session, requestID: "\(function.name)@\(scheduledAt)")
    invocation.start {
      whenOver(await run(invocation))
    }
  }

  /// The firing could not even be claimed, so its function has not run.
  struct Unclaimed: Error { var cause: any Error }

  private func run(_ invocation: Invocation) async -> Unclaimed? {
    do {
      let hasRun =
        function.usesOwnTransactions
        ? try await runWithLease(invocation) : try await runInTransaction(invocation)
      if hasRun { services.log.finished(invocation, outcome: "done") }
    } catch let error as Unclaimed {
      await invocation.session.rollback()
      return error
    } catch {
      await invocation.session.rollback()
      await failed(error, invocation)
    }
    return nil
  }

  /// The claim, the effects and the end of the firing are one transaction: a crash leaves it undone and unclaimed.
  private func runInTransaction(_ invocation: Invocation) async throws -> Bool {
    let session = invocation.session
    guard try await claiming({ try await session.run(claim()) }) else {
      await session.rollback()
      return false
    }
    try await handle(invocation)
    _ = try await session.run(CronTick.done(function.name, scheduledAt, now: services.clock.now))
    if invocation.isExpired { throw CancellationError() }
    try await session.commit()
    return true
  }

  private func runWithLease(_ invocation: Invocation) async throws -> Bool {
    let pool = try bundle.requirePool()
    guard try await claiming({ try await pool.write(claim(), timeout: .seconds(10)) }) else { return false }
    try await handle(invocation)
    let done = CronTick.done(function.name, scheduledAt, now: services.clock.now)
    try await invocation.unstoppably { _ = try await pool.write(done, timeout: .seconds(10)) }
    return true
  }

  private func claiming(_ claim: () async throws -> QueryResult) async throws -> Bool {
    do { return try await !claim().rows.isEmpty } catch { throw Unclaimed(cause: error) }
  }

  private func claim() -> SQL {
    CronTick.claim(
      function.name, scheduledAt, now: services.clock.now, lease: function.manifest.timeout + .seconds(5))
  }

  private func handle(_ invocation: Invocation) async throws {
    guard case .cron(let handle) = function.invoke else { throw NotGranted("\(function.name) is no cron job") }
    try await handle(Tick(scheduledAt: scheduledAt), Context(host: invocation, requestID: invocation.requestID))
  }

  private func failed(_ error: any Error, _ invocation: Invocation) async {
    let cause = (error as? Problem)?.detail ?? Failure.cause(error) ?? "\(error)"
    services.log.finished(invocation, outcome: invocation.isExpired ? "timeout" : "failed", error: cause)
    do {
      let pool = try bundle.requirePool()
      let statement =
        services.inFlight.isClosed
        ? CronTick.letGo(function.name, scheduledAt)
        : CronTick.failed(function.name, scheduledAt, now: services.clock.now, error: cause)
      try await invocation.unstoppably { _ = try await pool.write(statement, timeout: .seconds(10)) }
    } catch {
      services.log.host(.error, "the failed run of \(function.name) could not be recorded: \(error)")
    }
  }
}
