import Deployment
import EventLoop
import FunctionKit
import Gateway
import Glibc
import HTTPClient
import HTTPServer
import LocalPostgres
import Manifest
import Runtime

/// The host from its start to its end: PostgreSQL, the deployment's workers, the admin port; and back in the opposite
/// order. It never opens a bundle's library itself, so nothing that a function does can bring it down.
struct SupervisorProcess: Sendable {
  let settings: Settings
  let loop: EventLoop

  /// Runs until a signal asks to stop.
  /// - Throws: what kept the host from starting; everything it had started has ended then.
  func run() async throws {
    let signals = try StopSignals(loop)
    let clock = Shared<Fleet>(loop)
    let hostClock =
      settings.isProduction
      ? HostClock()
      : ClockFile(settings).clock { shift in
        clock.value?.state.value.clockShift = shift.microseconds
        clock.value?.tell(.clock(shift: shift.microseconds))
      }
    let log = HostLog(loop, clock: hostClock, isJSON: settings.logsJSON)
    defer { log.flush() }
    let crashes = Crashes(settings, loop, log: log)
    let fleet = try Fleet(settings, loop, log: log, crashes: crashes)
    fleet.state.value.clockShift = hostClock.shift.microseconds
    clock.value = fleet
    let local = LocalPostgres(stateDirectory: settings.stateDirectory) { log.host(.error, $0) }
    do {
      try await serve(fleet, local, hostClock, signals)
    } catch {
      await fleet.stop(within: .zero)
      await local.stop()
      throw error
    }
    await local.stop()
    log.host(.info, "stopped")
    signals.close()
  }

  private func serve(
    _ fleet: Fleet, _ local: LocalPostgres, _ clock: HostClock, _ signals: StopSignals
  ) async throws {
    let log = fleet.log
    let store = try ReleaseStore(directory: settings.releaseDirectory)
    let deployer = try Deployer(settings, loop, fleet: fleet, store: store, log: log)
    let start = loop.now
    let tree = try Tree(settings, store).read(into: deployer.record)
    if Databases.needsLocal(tree.manifests, settings) {
      try await local.start(on: loop)
      fleet.state.value.postgres = local.socketDirectory
      log.host(.info, "PostgreSQL keeps its data in \(settings.clusterDirectory)")
    }
    if signals.isAsked { return await fleet.stop(within: .zero) }
    let ready = loop.now
    try await deployer.start(tree)
    let client = try HTTPClient(loop: loop, allowedOrigins: nil)
    defer { client.close() }
    let admin = try AdminPort(settings, loop, clock: clock, deployer: deployer, client: client)
    let watch = fleet.startWatching()
    log.host(.info, "\(tree.manifests.count) bundles open \(loop.now - ready) ms after PostgreSQL")
    _ = start
    for line in admin.banner { log.host(.info, line) }
    await signals.wait()
    log.host(.info, "stopping")
    watch.close()
    await fleet.stop(within: .seconds(10))
    await admin.stop()
  }
}
