internal import FunctionKit
internal import Manifest
internal import Postgres
internal import Runtime

/// One attempt at one inbox item.
struct InboxRun: Sendable {
  let item: DueItem
  let function: LoadedFunction
  let bundle: LoadedBundle
  let services: HostServices

  /// - Parameter whenOver: told whether the item was this host's to run.
  func start(whenOver: @escaping @Sendable (_ hasRun: Bool) -> Void) {
    let timeout = function.manifest.timeout
    let session: any DatabaseSession =
      function.usesOwnTransactions
      ? ReadSession(bundle: bundle, timeout: timeout)
      : TransactionSession(bundle: bundle, function: function, services: services, timeout: timeout)
    let invocation = Invocation(
      function, of: bundle, services: services, session: session, requestID: item.id.description)
    invocation.start {
      whenOver(await run(invocation))
    }
  }

  private func run(_ invocation: Invocation) async -> Bool {
    do {
      let isDone =
        function.usesOwnTransactions
        ? try await runWithLease(invocation) : try await runInTransaction(invocation)
      if isDone { services.log.finished(invocation, outcome: "done") }
      return isDone
    } catch let error as Unclaimed {
      await invocation.session.rollback()
      services.log.host(
        .warning, "\(bundle.name)/\(function.name) could not take \(item.id) and looks again: \(error.cause)")
      return false
    } catch {
      await invocation.session.rollback()
      guard !services.inFlight.isClosed else { return false }
      await failed(error, invocation)
      return true
    }
  }

  /// The item could not even be claimed, so its function has not run and no attempt has been made.
  private struct Unclaimed: Error { var cause: any Error }

  /// Claim, effects, emitted events and completion are one transaction.
  private func runInTransaction(_ invocation: Invocation) async throws -> Bool {
    guard let claimed = try await claim(in: invocation.session) else {
      await invocation.session.rollback()
      return false
    }
    try await handle(claimed, invocation)
    _ = try await invocation.session.run(ClaimedItem.complete(item, at: services.clock.now))
    if invocation.isExpired { throw CancellationError() }
    try await invocation.session.commit()
    return true
  }

  /// The function talks to somebody else and opens transactions itself: the item is set aside for as long as the
  /// function may take, so that a crash only delays it.
  private func runWithLease(_ invocation: Invocation) async throws -> Bool {
    let until = services.clock.now + function.manifest.timeout + .seconds(5)
    guard let claimed = try await lease(until: until) else { return false }
    try await handle(claimed, invocation)
    try await invocation.unstoppably {
      _ = try await bundle.requirePool().write(
        ClaimedItem.complete(item, at: services.clock.now), timeout: .seconds(10))
    }
    return true
  }

  private func claim(in session: any DatabaseSession) async throws -> ClaimedItem? {
    do {
      return try await session.run(ClaimedItem.claim(item, at: services.clock.now)).rows.first?.decode()
    } catch { throw Unclaimed(cause: error) }
  }

  private func lease(until: Instant) async throws -> ClaimedItem? {
    do {
      let statement = ClaimedItem.lease(item, at: services.clock.now, until: until)
      return try await bundle.requirePool().write(statement, timeout: .seconds(10)).rows.first?.decode()
    } catch { throw Unclaimed(cause: error) }
  }

  private func handle(_ claimed: ClaimedItem, _ invocation: Invocation) async throws {
    let envelope = EventEnvelope(
      id: item.id, type: claimed.type, source: claimed.source, subject: claimed.subject, time: claimed.time)
    let context = Context(host: invocation, requestID: invocation.requestID, event: envelope)
    switch function.invoke {
    case .event(let handle): try await handle(claimed.data.bytes, context)
    case .webhook(_, let handle): try await handle(claimed.data.bytes, context)
    case .endpoint, .cron: throw NotGranted("\(function.name) handles no events")
    }
  }

  private func failed(_ error: any Error, _ invocation: Invocation) async {
    let problem = error as? Problem
    let cause = problem?.detail ?? Failure.cause(error) ?? "\(error)"
    services.log.finished(invocation, outcome: invocation.isExpired ? "timeout" : "failed", error: cause)
    do {
      try await invocation.unstoppably {
        try await recordFailure(cause, isPermanent: problem.map { $0.status < 500 } ?? false)
      }
    } catch {
      services.log.host(.error, "a failed attempt of \(function.name) could not be recorded, it is repeated: \(error)")
    }
  }

  private func recordFailure(_ cause: String, isPermanent: Bool) async throws {
    let pool = try bundle.requirePool()
    let attempts: Int =
      try await pool.read(
        "select attempts from lakoo.inbox where id = \(item.id) and function = \(item.function)", timeout: .seconds(10)
      ).rows.first?.decode() ?? 0
    let isLast = isPermanent || attempts + 1 >= retry.attempts
    let delay = retry.delay(afterAttempt: attempts + 1, jitter: .random(in: 0...1))
    let statement = ClaimedItem.fail(item, error: cause, retryAt: isLast ? nil : services.clock.now + delay)
    _ = try await pool.write(statement, timeout: .seconds(10))
    if isLast { services.log.host(.error, "\(bundle.name)/\(function.name) gave up on \(item.id): \(cause)") }
  }

  private var retry: RetryPolicy {
    switch function.manifest.trigger {
    case .event(let event): event.retry
    case .webhook(let webhook): webhook.retry
    case .endpoint, .cron: RetryPolicy()
    }
  }
}
