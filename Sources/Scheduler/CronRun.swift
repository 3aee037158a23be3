internal import EventLoop
internal import FunctionKit
internal import Manifest
internal import Postgres
internal import Runtime

/// One attempt at one run of one cron function.
struct CronRun: Sendable {
  let open: OpenRun
  let policy: CronPolicy
  let runner: String
  let function: LoadedFunction
  let bundle: LoadedBundle
  let services: HostServices

  enum Outcome: Sendable {
    /// It is over, or waits for another attempt.
    case over
    /// It is another host's, or has to wait for an earlier one.
    case notOurs
    /// It could not even be claimed, so the function has not run.
    case unclaimed(any Error)
  }

  func start(whenOver: @escaping @Sendable (Outcome) -> Void) {
    let timeout = function.manifest.timeout
    let session: any DatabaseSession =
      function.usesOwnTransactions
      ? ReadSession(bundle: bundle, timeout: timeout)
      : TransactionSession(bundle: bundle, function: function, services: services, timeout: timeout)
    let invocation = Invocation(
      function, of: bundle, services: services, session: session, requestID: "\(function.name)@\(open.scheduledAt)")
    let claimed = LoopLocal<CronTick.Claim?>(services.loop, nil)
    invocation.start(onCrash: { crashed($0, invocation, claimed.value, whenOver) }) {
      whenOver(await run(invocation, claimed))
    }
  }

  /// The task that ran it never goes on, so another one puts down how it ended.
  private func crashed(
    _ error: FunctionCrashed, _ invocation: Invocation, _ claim: CronTick.Claim?,
    _ whenOver: @escaping @Sendable (Outcome) -> Void
  ) {
    Task(executorPreference: services.loop) {
      if let claim { await failed(error, invocation, claim) }
      whenOver(.over)
    }
  }

  private func run(_ invocation: Invocation, _ claimed: LoopLocal<CronTick.Claim?>) async -> Outcome {
    let claim: CronTick.Claim?
    do { claim = try await self.claim() } catch { return .unclaimed(error) }
    guard let claim else { return .notOurs }
    claimed.value = claim
    do {
      let hasRun =
        function.usesOwnTransactions
        ? try await runWithLease(invocation, claim) : try await runInTransaction(invocation, claim)
      if hasRun { services.log.finished(invocation, outcome: "done") }
      return hasRun ? .over : .notOurs
    } catch {
      await invocation.session.rollback()
      await failed(error, invocation, claim)
      return .over
    }
  }

  /// A run that is one transaction is held by that; its lease only has to last until the transaction has begun.
  private func claim() async throws -> CronTick.Claim? {
    let lease = function.usesOwnTransactions ? Self.lease : .seconds(5)
    let now = services.clock.now
    let pool = try bundle.requirePool()
    let statement = CronTick.claim(
      open, of: function.name, beside: policy.overlap == .allow, by: runner, now: now, lease: lease)
    do { return try await pool.write(statement, timeout: .seconds(10)).rows.first?.decode() } catch {
      // It may have been committed all the same, and must not keep everybody waiting for a run that nobody has begun.
      _ = try await pool.write(CronTick.unclaim(open, by: runner, at: now), timeout: .seconds(10))
      throw error
    }
  }

  /// The effects and the end of the run are one transaction: a crash leaves it undone and unclaimed.
  private func runInTransaction(_ invocation: Invocation, _ claim: CronTick.Claim) async throws -> Bool {
    let session = invocation.session
    guard try await !session.run(CronTick.hold(open, claim)).rows.isEmpty else {
      await session.rollback()
      return false
    }
    try await handle(invocation)
    _ = try await session.run(CronTick.done(open, claim, now: services.clock.now))
    if invocation.isExpired { throw CancellationError() }
    try await session.commit()
    return true
  }

  private func runWithLease(_ invocation: Invocation, _ claim: CronTick.Claim) async throws -> Bool {
    let pool = try bundle.requirePool()
    let renewing = Task(executorPreference: services.loop) { await renew(claim, invocation) }
    defer { renewing.cancel() }
    try await handle(invocation)
    let done = CronTick.done(open, claim, now: services.clock.now)
    try await invocation.unstoppably { _ = try await pool.write(done, timeout: .seconds(10)) }
    return true
  }

  private func handle(_ invocation: Invocation) async throws {
    guard case .cron(let handle) = function.invoke else { throw NotGranted("\(function.name) is no cron job") }
    try await handle(Tick(scheduledAt: open.scheduledAt), Context(host: invocation, requestID: invocation.requestID))
  }
}

extension CronRun {
  private func failed(_ error: any Error, _ invocation: Invocation, _ claim: CronTick.Claim) async {
    let problem = error as? Problem
    let cause = problem?.detail ?? Failure.cause(error) ?? "\(error)"
    services.log.finished(invocation, outcome: invocation.isExpired ? "timeout" : "failed", error: cause)
    do {
      let pool = try bundle.requirePool()
      let statement =
        services.inFlight.isClosed
        ? CronTick.letGo(open, claim)
        : failure(cause, isPermanent: problem.map { $0.status < 500 } ?? false, claim)
      try await invocation.unstoppably { _ = try await pool.write(statement, timeout: .seconds(10)) }
    } catch {
      services.log.host(.error, "the failed run of \(function.name) could not be recorded: \(error)")
    }
  }

  private func failure(_ cause: String, isPermanent: Bool, _ claim: CronTick.Claim) -> SQL {
    let now = services.clock.now
    let attempt = claim.failures + 1
    let isLast = isPermanent || attempt >= policy.retry.attempts
    let delay = policy.retry.delay(afterAttempt: attempt, chance: .random(in: 0...1))
    return CronTick.failed(
      open, claim, now: now, error: Failure.storable(cause), retryAt: isLast ? nil : now + delay)
  }
}
