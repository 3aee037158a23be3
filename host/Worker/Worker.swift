import EventLoop
import EventRelay
import FunctionKit
import Gateway
import HTTPClient
import HTTPServer
import Manifest
import Postgres
import RateLimits
import Runtime
import Scheduler
import TLS

/// One loop's worth of host: bundles, their background work and the doors.
final class Worker: Sendable {
  let services: HostServices
  let bundles: [LoadedBundle]
  let relay: Relay
  private let dispatcher: Dispatcher
  private let scheduler: Scheduler
  private let chores: [PeriodicTask]
  let gateway: Gateway
  private let remotes: Remotes
  private let readiness: Readiness
  private let role: WorkerRole
  private let certificate: GatewayCertificate?
  let server: LoopLocal<HTTPServer?>
  private let channel: LoopLocal<DescriptorChannel?>
  private let doors: LoopLocal<[Door]>
  private let isPrepared: LoopLocal<Bool>

  /// - Parameters:
  ///   - root: the folder that it runs from.
  ///   - tell: takes what other workers are to go on with.
  init(
    _ cast: Cast, _ remotes: Remotes, root: String, host: HostManifest, services: HostServices, keys: TrustKeys,
    tls: TLSSource?, redis: RedisAddress?,
    databases: Databases, tell: @escaping @Sendable (News) -> Void
  ) {
    self.services = services
    self.remotes = remotes
    role = cast.role
    certificate = tls.map { GatewayCertificate($0, services.loop, log: services.log) }
    server = LoopLocal(services.loop, nil)
    channel = LoopLocal(services.loop, nil)
    doors = LoopLocal(services.loop, [])
    isPrepared = LoopLocal(services.loop, false)
    let news = NewsDesk(services.loop, tell: tell)
    let pokes = LoopLocal<(@Sendable (String) -> Void)>(services.loop) { news.emitted($0) }
    func load(_ bundle: Plan.Bundle) -> LoadedBundle {
      let name = bundle.manifest.name
      let pool = databases.connectionString(bundle.manifest).map { PostgresPool(services.loop, connectionString: $0) }
      return LoadedBundle(
        bundle.manifest, registered: bundle.functions, pool: pool, release: bundle.release
      ) { pokes.value(name) }
    }
    let (here, elsewhere) = (cast.here.map(load), cast.elsewhere.map(load))
    bundles = here + elsewhere
    let worked = cast.role.isOnTrial ? [] : here
    let carried = cast.role == .front ? bundles : []
    let dispatcher = Dispatcher(services: services, bundles: worked)
    let work: @Sendable (LoadedBundle) -> Void = { bundle in
      worked.contains { $0 === bundle } ? dispatcher.poke(bundle.name) : news.received(bundle.name)
    }
    let relay = Relay(services: services, bundles: carried, onDelivery: work)
    if cast.role == .front { pokes.value = { relay.poke($0) } }
    self.dispatcher = dispatcher
    self.relay = relay
    let scheduler = Scheduler(services: services, bundles: worked, elsewhere: elsewhere, runner: Runner.name)
    self.scheduler = scheduler
    chores = [
      IdempotencySweep(services: services, bundles: carried).task,
      Retention(services: services, bundles: carried, keep: host.retention).task,
      HistorySweep(services: services, bundles: carried).task,
    ]
    let events = EventRoutes(services: services, bundles: here, dispatcher: dispatcher)
    let readiness = Readiness(services.loop, bundles, remotes, root: root)
    self.readiness = readiness
    gateway = Gateway(
      services: services, bundles: here, elsewhere: elsewhere, remotes: (remotes.bundles, remotes.client), keys: keys,
      edge: .inherited(host, services, redis), version: Version.current,
      adminRoutes: scheduler.adminRoutes + events.adminRoutes, readiness: readiness.reasons, onReceipt: work)
  }

  /// Opens the databases, so that what can't be reached is known before anything is live.
  func warm() async throws {
    for bundle in bundles { _ = try await bundle.pool?.read("select 1", timeout: .seconds(10)) }
  }

  /// Notes where new functions begin with the events of others. In a deployment that is live others have done so before.
  func prepare() async throws {
    try await relay.prepare()
    isPrepared.value = true
  }

  /// Opens the doors once everything behind them is there.
  func serve(_ listeners: [WorkerOrder.Inherited], at socket: String, limits: Limits) async throws {
    if !isPrepared.value { try await relay.prepare() }
    // One that has no port takes the requests of others, which came in at these.
    let unheard = role == .front ? [] : [Door.gateway] + bundles.map { .service($0.name) }
    let doors = listeners.map { Door(word: $0.door) } + [.admin] + unheard
    let server = gateway.makeServer(limits: limits, doors: doors)
    if let tag = doors.firstIndex(of: .gateway) { certificate?.secure(server, tag: tag) }
    await gateway.watchRevocations()
    do {
      for (tag, listener) in listeners.enumerated() { try server.listen(inherited: listener.descriptor, tag: tag) }
      try server.listen(on: .unix(path: socket), tag: listeners.count)
    } catch {
      await server.drain(within: .zero)
      throw error
    }
    self.server.value = server
    self.doors.value = doors
    // What others hand over has come in at ports, behind which every bundle is.
    if role == .front { try takeOver(server) }
    relay.start()
    dispatcher.start()
    scheduler.start()
    for chore in chores { chore.start() }
  }

  /// Goes on with the connections that other workers let go of.
  private func takeOver(_ server: HTTPServer) throws {
    let channel = DescriptorChannel(
      services.loop, sending: Descriptor(owning: Descriptors.handoverSending),
      receiving: Descriptor(owning: Descriptors.handoverReceiving))
    self.channel.value = channel
    try channel.startReceiving { [self] connection, word in
      guard let tag = doors.value.firstIndex(of: Door(word: word)) else { return connection.close() }
      try? server.adopt(connection, tag: tag)
    }
  }

  private func handOver(_ descriptor: Int32, _ tag: Int) -> Bool {
    channel.value?.send(descriptor, as: doors.value[tag].word) == true
  }

  /// The supervisor's own connections are for this worker alone, and those of other workers can be made again.
  private var ownTags: Set<Int> { Set(doors.value.indices.filter { [.admin, .local].contains(doors.value[$0]) }) }

  /// Others have done something that is to be gone on with here.
  func hear(_ news: News) {
    for bundle in news.emitted { relay.poke(bundle) }
    for bundle in news.received { dispatcher.poke(bundle) }
  }

  /// Begins no event and no tick any more, and waits for those that run.
  func rest() async {
    await scheduler.stop()
    await dispatcher.stop()
    await relay.stop()
    for chore in chores { await chore.stop() }
  }

  /// Answers what has come in, finishes what runs, and lets go of the databases. What takes longer is cut off: its
  /// transaction is rolled back, and its event or tick waits for another worker.
  /// - Parameter handsOver: whether other workers go on with the connections that wait for their next request.
  func stop(within bound: Duration, handsOver: Bool) async {
    let limit = LoopTimer(services.loop)
    limit.start(after: bound.milliseconds) { [services] in
      services.log.host(.warning, "\(services.inFlight.count) functions did not finish in time and are cut off")
      services.inFlight.close()
    }
    // Who goes on with a connection is ready; when nobody does, it had better be given up.
    if !handsOver { readiness.stop() }
    channel.value?.stopReceiving()
    certificate?.stop()
    async let resting: Void = rest()
    let handover: HTTPServer.Handover? = handsOver ? { [self] in handOver($0, $1) } : nil
    await server.value?.drain(within: bound, keeping: ownTags, handover: handover)
    await resting
    await gateway.stopWatching()
    remotes.client.close()
    limit.close()
    services.inFlight.close()
    for bundle in bundles { await bundle.pool?.close() }
  }
}
