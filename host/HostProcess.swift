import EventLoop
import EventRelay
import FunctionKit
import Gateway
import HTTPClient
import HTTPServer
import LocalPostgres
import Manifest
import Runtime
import Scheduler

/// The host from its start to its end: databases, bundles, background work, doors; and back in the opposite order.
struct HostProcess: Sendable {
  let settings: Settings
  let plan: Plan
  let loop: EventLoop
  private let ports: Ports

  init(_ settings: Settings, _ plan: Plan, _ loop: EventLoop) {
    self.settings = settings
    self.plan = plan
    self.loop = loop
    ports = Ports(settings, plan)
  }

  /// Runs until a signal asks to stop.
  /// - Throws: what kept the host from starting; everything it had started has ended then.
  func run() async throws {
    let signals = try StopSignals(loop)
    let clock = settings.isProduction ? HostClock() : ClockFile(settings).clock()
    let log = HostLog(loop, clock: clock, isJSON: settings.logsJSON)
    defer { log.flush() }
    let local = LocalPostgres(stateDirectory: settings.stateDirectory) { log.host(.error, $0) }
    do {
      let client = try HTTPClient(
        loop: loop, allowedOrigins: Set((Array(addresses.values) + serviceURLs.values).map(UpstreamAddresses.origin)))
      defer { client.close() }
      if let worker = try await start(local, services(clock, log, client), signals) {
        await signals.wait()
        log.host(.info, "stopping")
        await worker.stop()
      }
    } catch {
      await local.stop()
      throw error
    }
    await local.stop()
    log.host(.info, "stopped")
    signals.close()
  }

  /// Nil when a signal asks to stop meanwhile.
  private func start(
    _ local: LocalPostgres, _ services: HostServices, _ signals: StopSignals
  ) async throws -> Worker? {
    if Databases.needsLocal(plan, settings) {
      try await local.start(on: loop)
      services.log.host(.info, "PostgreSQL keeps its data in \(settings.clusterDirectory)")
    }
    let ready = loop.now
    let databases = Databases(settings: settings, loop: loop, local: local)
    for bundle in plan.bundles {
      if signals.isAsked { return nil }
      try await databases.prepare(bundle.manifest)
    }
    if signals.isAsked { return nil }
    let worker = try Worker(
      plan: plan, services: services, keys: keys, databases: databases, ports: ports)
    try await worker.start(limits: limits)
    services.log.host(.info, "\(plan.bundles.count) bundles open \(loop.now - ready) ms after PostgreSQL")
    for line in ports.banner { services.log.host(.info, line) }
    if !settings.isProduction && !settings.isLoopback {
      services.log.host(.warning, "\(settings.address) may be reached by others, and development's keys are public")
    }
    return worker
  }

  private func services(_ clock: HostClock, _ log: HostLog, _ client: HTTPClient) -> HostServices {
    HostServices(
      loop: loop, clock: clock, upstreams: .live(client),
      environment: Environment(isProduction: settings.isProduction, secrets: plan.secrets, upstreams: addresses),
      log: log, remote: serviceURLs.mapValues { url in .http(client) { url } })
  }

  /// The services that bundles call and that are somewhere else.
  private var serviceURLs: [String: String] {
    let names = Set(plan.bundles.flatMap(\.manifest.needs.services))
    return Dictionary(names.compactMap { name in settings.serviceURL(name).map { (name, $0) } }) { first, _ in first }
  }

  private var addresses: [String: String] { UpstreamAddresses.all(settings, plan, ports) }

  private var keys: TrustKeys {
    TrustKeys(
      gateway: plan.secrets["GATEWAY_SECRET_KEY"] ?? "", internal: plan.secrets["INTERNAL_API_KEY"] ?? "",
      admin: plan.secrets["LAKOO_ADMIN_TOKEN"] ?? "")
  }

  private var limits: Limits {
    var limits = Limits()
    limits.connections = plan.host.limits.connections
    limits.headerBytes = plan.host.limits.header
    limits.headerTime = plan.host.limits.headerTime
    limits.idle = plan.host.limits.idle
    return limits
  }
}
