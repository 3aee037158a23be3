internal import EventLoop
internal import FunctionKit
internal import Postgres
internal import Runtime

/// A run that opens transactions itself is had by a lease that is renewed while it lasts: when its host dies, another one
/// takes it over within the lease, however long the function may take.
extension CronRun {
  static let lease: Duration = .seconds(30)
  private static let pause: Duration = .seconds(10)

  /// Renews until it is cancelled. A run that another host has taken over, or may have because the database could not be
  /// reached for so long, is stopped.
  func renew(_ claim: CronTick.Claim, _ invocation: Invocation) async {
    var renewed = services.loop.now
    while (try? await services.loop.sleep(for: Self.pause)) != nil {
      let started = services.loop.now
      do {
        let statement = CronTick.renew(open, claim, lease: Self.lease)
        let rows = try await bundle.requirePool().write(statement, timeout: Self.pause).rows
        guard !rows.isEmpty else { return invocation.expire() }
        renewed = started
      } catch {
        guard !Task.isCancelled else { return }
        services.log.host(.warning, "the lease of \(function.name) could not be renewed and is tried again: \(error)")
        let next = services.loop.now + (Self.pause + Self.pause).milliseconds
        guard next < renewed + Self.lease.milliseconds else { return invocation.expire() }
      }
    }
  }
}
