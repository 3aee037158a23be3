import Deployment
import EventLoop
import FunctionKit
import Gateway
import Glibc
import Glibc
import HTTPClient
import HTTPServer
import LocalPostgres
import Manifest
import Runtime

/// The host from its start to its end: PostgreSQL, the deployment's workers, the admin port; and back in the opposite
/// order. It never opens a bundle's library itself, so nothing that a function does can bring it down.
final class SupervisorProcess: Sendable {
  private let settings: Settings
  private let loop: EventLoop
  private let signals: StopSignals
  private let clock: HostClock
  private let fleet: Fleet
  private let local: LocalPostgres
  private let deployer: Deployer

  init(_ settings: Settings, _ loop: EventLoop) throws {
    self.settings = settings
    self.loop = loop
    signals = try StopSignals(loop)
    let fleet = LoopLocal<Fleet?>(loop, nil)
    clock = settings.isProduction ? HostClock() : ClockFile(settings).clock { fleet.value?.moveClock(by: $0) }
    let log = HostLog(loop, clock: clock, isJSON: settings.logsJSON)
    let crashes = Crashes(settings, loop, log: log)
    self.fleet = try Fleet(settings, loop, log: log, crashes: crashes)
    fleet.value = self.fleet
    self.fleet.moveClock(by: clock.shift)
    local = LocalPostgres(stateDirectory: settings.stateDirectory) { log.host(.error, $0) }
    let store = ReleaseStore(directory: settings.releaseDirectory)
    deployer = try Deployer(settings, loop, fleet: self.fleet, store: store, clock: clock)
  }

  /// Runs until a signal asks to stop.
  /// - Throws: what kept the host from starting; everything it had started has ended then.
  func run() async throws {
    defer { fleet.log.flush() }
    do { try await serve() } catch {
      await fleet.stop(within: .zero)
      await local.stop()
      throw error
    }
    await local.stop()
    fleet.log.host(.info, "stopped")
    signals.close()
  }

  private func serve() async throws {
    let log = fleet.log
    let record = try deployer.contribution()
    let generation = try deployer.assemble(record)
    let ports = Ports(settings, generation.host, generation.bundles)
    try fleet.sockets.bind(ports)
    let admin = try ports.bind(.admin)
    if Databases.needsLocal(generation.bundles, settings) {
      try await local.start(on: loop)
      fleet.state.value.postgres = local.socketDirectory
      log.host(.info, "PostgreSQL keeps its data in \(settings.clusterDirectory)")
    }
    if signals.isAsked { return await fleet.stop(within: .zero) }
    let ready = loop.now
    try await deployer.start(generation, record)
    let port = try await openAdminPort(admin, generation.host)
    let watch = fleet.startWatching()
    log.host(.info, "\(generation.bundles.count) bundles open \(loop.now - ready) ms after PostgreSQL")
    for line in ports.banner { log.host(.info, line) }
    if !settings.isProduction && !settings.isLoopback {
      log.host(.warning, "\(settings.address) may be reached by others, and development's keys are public")
    }
    let reloads = try SignalSource(loop, signal: SIGHUP) { [self] in reload() }
    let development = try startDevelopmentLoop()
    await signals.wait()
    log.host(.info, "stopping")
    reloads.close()
    await development?.stop()
    watch.close()
    await fleet.stop(within: .seconds(10))
    await port.stop()
  }

  private func reload() {
    Task(executorPreference: loop) {
      do {
        try await self.deployer.reload()
        self.fleet.log.host(.info, "reloaded: new workers serve what the project has now")
      } catch {
        self.fleet.log.host(.error, "nothing was reloaded: \(error)")
      }
    }
  }

  /// Nil where nobody develops: in production, or where the program was not built in the project.
  private func startDevelopmentLoop() throws -> DevelopmentLoop? {
    guard !settings.isProduction, let build = FunctionBuild(settings) else { return nil }
    let (fleet, deployer) = (fleet, deployer)
    let tree = ProjectTree(root: settings.root) { event in
      let bundles = fleet.state.value.current?.bundles ?? []
      return bundles.filter { $0.emitted.contains(event) || $0.consumed.contains(event) }.map(\.name)
    }
    let development = DevelopmentLoop(loop, build: build, tree: tree) { bundle in
      try await deployer.deployFromTree(bundle)
    } log: { fleet.log.host($0, $1) }
    try development.start()
    return development
  }

  private func openAdminPort(_ socket: BoundSocket, _ host: HostManifest) async throws -> AdminPort {
    let client = try HTTPClient(loop: loop, allowedOrigins: nil)
    let secrets = try Secrets(settings, needed: Set(Secrets.ofHost), verifying: []).values
    let services = HostServices(
      loop: loop, clock: clock, upstreams: .live(client),
      environment: Environment(isProduction: settings.isProduction, secrets: secrets, upstreams: [:]), log: fleet.log)
    let proxy = AdminProxy(fleet: fleet, client: client)
    return try AdminPort(
      socket, services: services, keys: TrustKeys(secrets),
      routes: DeployRoutes(deployer: deployer, fleet: fleet).adminRoutes, limits: Limits(host.limits)
    ) { await proxy.answer($0) }
  }
}
