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
    let clock = HostClock()
    let log = HostLog(loop, clock: clock, isJSON: settings.logsJSON)
    defer { log.flush() }
    let local = LocalPostgres(stateDirectory: settings.stateDirectory) { log.host(.error, $0) }
    do {
      let worker = try await start(local, clock, log)
      await signals.wait()
      log.host(.info, "stopping")
      await worker.stop()
    } catch {
      await local.stop()
      throw error
    }
    await local.stop()
    log.host(.info, "stopped")
    signals.close()
  }

  private func start(_ local: LocalPostgres, _ clock: HostClock, _ log: HostLog) async throws -> Worker {
    if Databases.needsLocal(plan, settings) { try await local.start(on: loop) }
    let ready = loop.now
    let databases = Databases(settings: settings, loop: loop, local: local)
    for bundle in plan.bundles { try await databases.prepare(bundle.manifest) }
    let worker = try Worker(
      plan: plan, services: services(clock, log), keys: keys, databases: databases, ports: ports)
    try await worker.start(limits: limits)
    log.host(.info, "\(plan.bundles.count) bundles open \(loop.now - ready) ms after PostgreSQL")
    log.host(.info, ports.banner)
    return worker
  }

  private func services(_ clock: HostClock, _ log: HostLog) throws -> HostServices {
    let upstreams = Upstreams.addresses(settings, plan, ports)
    let client = try HTTPClient(loop: loop, allowedOrigins: Set(upstreams.values.map(Upstreams.origin)))
    let environment = Environment(isProduction: settings.isProduction, secrets: plan.secrets, upstreams: upstreams)
    return HostServices(loop: loop, clock: clock, http: client, environment: environment, log: log)
  }

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
