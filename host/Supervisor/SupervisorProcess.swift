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
final class SupervisorProcess: Sendable {
  let settings: Settings
  let loop: EventLoop
  /// Nobody else works in the state directory meanwhile.
  let lock: StateLock
  let signals: StopSignals
  let clock: HostClock
  let fleet: Fleet
  let local: LocalPostgres
  let deployer: Deployer
  /// What the program before has left, when this one has taken its place.
  private let left: SupervisorHandover?

  init(_ settings: Settings, _ loop: EventLoop) throws {
    self.settings = settings
    self.loop = loop
    left = SupervisorHandover.left()
    try makeFolder(settings.stateDirectory)
    lock =
      try left.map { StateLock(adopting: $0.lock) }
      ?? StateLock("\(settings.stateDirectory)/host.lock", of: settings.stateDirectory)
    signals = try StopSignals(loop)
    let fleet = LoopLocal<Fleet?>(loop, nil)
    clock = settings.isProduction ? HostClock() : ClockFile(settings).clock { fleet.value?.moveClock(by: $0) }
    let log = HostLog(loop, clock: clock, isJSON: settings.logsJSON)
    let crashes = Crashes(settings, loop, log: log)
    self.fleet = try Fleet(settings, loop, log: log, crashes: crashes, adopting: left)
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
    let reloads = try SignalSource(loop, signal: SIGHUP) { [self] in reload() }
    unblockSignals()
    defer { reloads.close() }
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
    watchCrashes()
    let before = try adopt()
    let record = try deployer.contribution()
    let generation = try deployer.assemble(record)
    let ports = Ports(settings, generation.host, generation.bundles)
    try fleet.sockets.bind(ports)
    let admin = try bindAdmin(ports)
    try await startPostgres(for: generation)
    if signals.isAsked { return await fleet.stop(within: .zero) }
    let ready = loop.now
    do { try await deployer.start(generation, record) } catch {
      guard before != nil else { throw error }
      log.host(.error, "the workers of the program before go on, because new ones could not be started: \(error)")
      fleet.state.value.current.map(fleet.fillUp)
    }
    let port = try openAdminPort(admin, generation.host)
    let watch = fleet.startWatching()
    log.host(.info, "\(generation.bundles.count) bundles open \(loop.now - ready) ms after PostgreSQL")
    for line in ports.banner { log.host(.info, line) }
    if !settings.isProduction && !settings.isLoopback {
      log.host(.warning, "\(settings.address) may be reached by others, and development's keys are public")
    }
    try await runUntilAsked()
    watch.close()
    await fleet.stop(within: .seconds(10))
    await port.stop()
  }

  private func bindAdmin(_ ports: Ports) throws -> BoundSocket {
    guard let left else { return try ports.bind(.admin) }
    return BoundSocket(adopting: left.admin, on: .tcp(host: settings.address, port: ports.port(of: .admin)))
  }

  /// The generation that the program before has left to go on with; nil for a host that begins.
  private func adopt() throws -> Generation? {
    guard let left else { return nil }
    let generation = try deployer.generation(left.generation, left.root, deployer.record)
    try fleet.adopt(left, generation)
    deployer.state.value.lastGeneration = left.generation
    return generation
  }

  private func startPostgres(for generation: Generation) async throws {
    guard Databases.needsLocal(generation.bundles, settings) else { return }
    if let server = left?.postgres {
      try local.adopt(LocalPostgres.Handover(processID: server.processID, lock: server.lock), on: loop)
    } else {
      try await local.start(on: loop)
      fleet.log.host(.info, "PostgreSQL keeps its data in \(settings.clusterDirectory)")
    }
    fleet.state.value.postgres = local.socketDirectory
  }

  private func runUntilAsked() async throws {
    let development = try startDevelopmentLoop()
    await signals.wait()
    fleet.log.host(.info, "stopping")
    await development?.stop()
  }

  /// Of a host that is only just starting or about to stop there is nothing to reload.
  private func reload() {
    guard fleet.state.value.current != nil, !signals.isAsked else { return }
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
    } log: {
      fleet.log.host($0, $1)
    }
    try development.start()
    return development
  }

  private func openAdminPort(_ socket: BoundSocket, _ host: HostManifest) throws -> AdminPort {
    let client = try HTTPClient(loop: loop, allowedOrigins: nil)
    let secrets = try Secrets(settings, needed: Set(Secrets.ofHost), verifying: []).values
    let services = HostServices(
      loop: loop, clock: clock, upstreams: .live(client),
      environment: Environment(isProduction: settings.isProduction, secrets: secrets, upstreams: [:]), log: fleet.log)
    let proxy = AdminProxy(fleet: fleet, client: client)
    return try AdminPort(
      socket, services: services, keys: TrustKeys(secrets),
      routes: DeployRoutes(deployer: deployer, fleet: fleet).adminRoutes
        + [upgradeRoute(socket), MetricsRoute(fleet: fleet, startedAt: loop.now).adminRoute],
      limits: Limits(host.limits)
    ) { await proxy.answer($0) }
  }
}
