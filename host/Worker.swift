import EventLoop
import EventRelay
import FunctionKit
import Gateway
import Glibc
import HTTPServer
import Manifest
import Postgres
import Runtime
import Scheduler

/// One loop's worth of host: every bundle, its background work and the doors.
final class Worker: Sendable {
  private let services: HostServices
  private let bundles: [LoadedBundle]
  private let relay: Relay
  private let dispatcher: Dispatcher
  private let scheduler: Scheduler
  private let retention: Retention
  private let chores: [PeriodicTask]
  private let gateway: Gateway
  private let ports: Ports
  private let server: LoopLocal<HTTPServer?>
  /// How long requests that are under way may take when the host stops.
  private static let drainTime = Duration.seconds(10)
  /// How long stopping may take in all: a host can be killed at any moment, but one that does not end helps nobody.
  private static let patience = Duration.seconds(40)

  init(plan: Plan, services: HostServices, keys: TrustKeys, databases: Databases, ports: Ports) throws {
    self.services = services
    self.ports = ports
    server = LoopLocal(services.loop, nil)
    let pokes = LoopLocal<(@Sendable (String) -> Void)>(services.loop) { _ in }
    bundles = plan.bundles.map { bundle in
      let name = bundle.manifest.name
      let pool = databases.connectionString(bundle.manifest).map { PostgresPool(services.loop, connectionString: $0) }
      return LoadedBundle(
        bundle.manifest, registered: bundle.functions, pool: pool, release: bundle.release
      ) { pokes.value(name) }
    }
    let dispatcher = Dispatcher(services: services, bundles: bundles)
    let relay = Relay(services: services, bundles: bundles) { dispatcher.poke($0.name) }
    pokes.value = { relay.poke($0) }
    self.dispatcher = dispatcher
    self.relay = relay
    let scheduler = Scheduler(services: services, bundles: bundles, runner: Runner.name)
    self.scheduler = scheduler
    retention = Retention(services: services, bundles: bundles, keep: plan.host.retention)
    chores = [
      IdempotencySweep(services: services, bundles: bundles).task, retention.task,
      HistorySweep(services: services, bundles: bundles).task,
    ]
    let events = EventRoutes(services: services, bundles: bundles, dispatcher: dispatcher)
    gateway = Gateway(
      services: services, bundles: bundles, keys: keys, version: Version.current,
      adminRoutes: scheduler.adminRoutes + events.adminRoutes
    ) { dispatcher.poke($0.name) }
  }

  /// Opens the doors once everything behind them is there.
  func start(limits: Limits) async throws {
    try await relay.prepare()
    await retention.tidy()
    let server = gateway.makeServer(limits: limits, doors: ports.doors.map(\.door))
    do { try ports.listen(server) } catch {
      await server.drain(within: .zero)
      await close()
      throw error
    }
    self.server.value = server
    relay.start()
    dispatcher.start()
    scheduler.start()
    for chore in chores { chore.start() }
  }

  /// Answers what has come in, finishes what runs, and lets go of the databases. What takes longer than the drain time is
  /// cut off: its transaction is rolled back, and its event or tick waits for the next start.
  func stop() async {
    let limit = LoopTimer(services.loop)
    limit.start(after: Worker.drainTime.milliseconds) { [services] in
      services.log.host(.warning, "\(services.inFlight.count) functions did not finish in time and are cut off")
      services.inFlight.close()
    }
    let last = LoopTimer(services.loop)
    last.start(after: Worker.patience.milliseconds) { [services] in
      services.log.host(
        .error, "the host could not stop in time and ends at once; what was cut off is done after the next start")
      services.log.flush()
      exit(1)
    }
    defer { last.close() }
    await server.value?.drain(within: Worker.drainTime)
    await scheduler.stop()
    await dispatcher.stop()
    await relay.stop()
    for chore in chores { await chore.stop() }
    limit.close()
    await close()
  }

  private func close() async {
    services.inFlight.close()
    for bundle in bundles { await bundle.pool?.close() }
  }
}
