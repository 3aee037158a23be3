internal import FunctionKit
internal import Manifest
internal import Postgres
internal import Runtime

/// One event of a function that talks to somebody else and opens transactions itself: it is set aside for as long as the
/// function may take, so that a crash only delays it.
struct LeasedRun: Sendable {
  let item: DueItem
  let function: LoadedFunction
  let bundle: LoadedBundle
  let services: HostServices

  func run() async -> RunResult {
    do {
      let until = services.clock.now + function.manifest.timeout + .seconds(5)
      guard let claimed = try await lease(until) else { return RunResult() }
      await work(on: claimed, until)
      return RunResult(tried: 1)
    } catch {
      services.log.host(
        .warning, "\(bundle.name)/\(function.name) could not take an event and looks again: \(error)")
      return RunResult()
    }
  }

  private func lease(_ until: Instant) async throws -> ClaimedItem? {
    let pool = try bundle.requirePool()
    let statement = Pending.lease(item, at: services.clock.now, until: until)
    do { return try await pool.write(statement, timeout: .seconds(10)).rows.first?.decode() } catch {
      // It may have been committed all the same, and must not be set aside for a run that nobody has begun.
      _ = try await pool.write(Pending.letGo(item, lease: until, at: services.clock.now), timeout: .seconds(10))
      throw error
    }
  }

  private func work(on claimed: ClaimedItem, _ lease: Instant) async {
    let invocation = Invocation(
      function, of: bundle, services: services,
      session: ReadSession(bundle: bundle, timeout: function.manifest.timeout), requestID: claimed.id.description,
      after: claimed.caller)
    var failure = await attempt(claimed, invocation, function)
    if failure == nil {
      do { try await complete(lease) } catch { failure = error }
    }
    guard let failure else { return services.log.finished(invocation, outcome: "done") }
    // What a stopping host cuts off has not failed.
    guard !services.inFlight.isClosed else { return }
    let failed = FailedAttempt(item, attempt: claimed.attempts + 1, error: failure, lease: lease)
    services.log.finished(invocation, outcome: invocation.isExpired ? "timeout" : "failed", error: failed.cause)
    await FailureRecord(function: function, bundle: bundle, services: services).write(failed)
  }

  /// Written whatever has become of the invocation.
  private func complete(_ lease: Instant) async throws {
    try await Task(executorPreference: services.loop) {
      let statement = Pending.done(item, lease: lease, at: services.clock.now)
      _ = try await bundle.requirePool().write(statement, timeout: .seconds(10))
    }.value
  }
}
