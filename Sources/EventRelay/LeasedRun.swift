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
      guard let claimed = try await lease() else { return RunResult() }
      await work(on: claimed)
      return RunResult(tried: 1)
    } catch {
      services.log.host(
        .warning, "\(bundle.name)/\(function.name) could not take an event and looks again: \(error)")
      return RunResult()
    }
  }

  private func lease() async throws -> ClaimedItem? {
    let now = services.clock.now
    let statement = Pending.lease(item, at: now, until: now + function.manifest.timeout + .seconds(5))
    return try await bundle.requirePool().write(statement, timeout: .seconds(10)).rows.first?.decode()
  }

  private func work(on claimed: ClaimedItem) async {
    let invocation = Invocation(
      function, of: bundle, services: services,
      session: ReadSession(bundle: bundle, timeout: function.manifest.timeout), requestID: claimed.id.description,
      trace: claimed.trace)
    var failure = await attempt(claimed, invocation, function)
    if failure == nil {
      do { try await complete() } catch { failure = error }
    }
    guard let failure else { return services.log.finished(invocation, outcome: "done") }
    // What a stopping host cuts off has not failed.
    guard !services.inFlight.isClosed else { return }
    let failed = FailedAttempt(item, attempt: claimed.attempts + 1, error: failure)
    services.log.finished(invocation, outcome: invocation.isExpired ? "timeout" : "failed", error: failed.cause)
    await FailureRecord(function: function, bundle: bundle, services: services).write(failed)
  }

  /// Written whatever has become of the invocation.
  private func complete() async throws {
    try await Task(executorPreference: services.loop) {
      let transaction = try await bundle.requirePool().begin(timeout: .seconds(10))
      do {
        try transaction.enqueue(Pending.done(item))
        try transaction.enqueue(Pending.release(item.function, [item.key], at: services.clock.now))
        try await transaction.commit()
      } catch {
        await transaction.rollback()
        throw error
      }
    }.value
  }
}
