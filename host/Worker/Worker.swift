import EventLoop
import EventRelay
import FunctionKit
import Gateway
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
  private let server: LoopLocal<HTTPServer?>
  init(plan: Plan, services: HostServices, keys: TrustKeys, databases: Databases) {
    self.services = services
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

  /// Opens the databases, so that what can't be reached is known before anything is live.
  func warm() async throws {
    for bundle in bundles { _ = try await bundle.pool?.read("select 1", timeout: .seconds(10)) }
  }

  /// Opens the doors once everything behind them is there.
  func serve(_ listeners: [WorkerOrder.Inherited], at socket: String, limits: Limits) async throws {
    try await relay.prepare()
    let doors = listeners.map { Door(word: $0.door) } + [.admin]
    let server = gateway.makeServer(limits: limits, doors: doors)
    do {
      for (tag, listener) in listeners.enumerated() { try server.listen(inherited: listener.descriptor, tag: tag) }
      try server.listen(on: .unix(path: socket), tag: listeners.count)
    } catch {
      await server.drain(within: .zero)
      throw error
    }
    self.server.value = server
    relay.start()
    dispatcher.start()
    scheduler.start()
    for chore in chores { chore.start() }
  }

  /// Answers what has come in, finishes what runs, and lets go of the databases. What takes longer is cut off: its
  /// transaction is rolled back, and its event or tick waits for another worker.
  func stop(within bound: Duration) async {
    let limit = LoopTimer(services.loop)
    limit.start(after: bound.milliseconds) { [services] in
      services.log.host(.warning, "\(services.inFlight.count) functions did not finish in time and are cut off")
      services.inFlight.close()
    }
    await server.value?.drain(within: bound)
    await scheduler.stop()
    await dispatcher.stop()
    await relay.stop()
    for chore in chores { await chore.stop() }
    limit.close()
    services.inFlight.close()
    for bundle in bundles { await bundle.pool?.close() }
  }
}
