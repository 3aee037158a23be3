internal import EventLoop
internal import FunctionKit
internal import Postgres
internal import Runtime

/// Puts down that an event failed, in a transaction of its own.
struct FailureRecord: Sendable {
  let function: LoadedFunction
  let bundle: LoadedBundle
  let services: HostServices

  /// Written whatever has become of the invocation. When even that fails, the attempt is not counted and repeated.
  func write(_ failed: FailedAttempt) async {
    do {
      try await Task(executorPreference: services.loop) { try await put(failed) }.value
    } catch {
      services.log.host(
        .error, "a failed attempt of \(function.name) could not be recorded, it is repeated: \(error)")
    }
  }

  func tell(_ failed: FailedAttempt) {
    services.log.host(
      .error,
      "\(bundle.name)/\(function.name) gave up after \(failed.attempt) attempts: \(failed.cause) "
        + "(lakoo events dead \(bundle.name)/\(function.name))")
  }

  private func put(_ failed: FailedAttempt) async throws {
    let (statement, isDead) = failed.record(function, release: bundle.release, at: services.clock.now)
    let result = try await bundle.requirePool().write(statement, timeout: .seconds(10))
    if isDead, !result.rows.isEmpty { tell(failed) }
  }
}
