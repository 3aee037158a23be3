internal import EventLoop
public import EventRelay
public import FunctionKit
internal import LoopTesting
internal import Manifest
internal import Postgres
public import Runtime
public import Scheduler

/// Everything of a host but its ports: its own pools on the bundles' databases, relay, dispatcher and scheduler.
public final class TestHost: Sendable {
  public let services: HostServices
  public let bundles: [LoadedBundle]
  public let relay: Relay
  public let dispatcher: Dispatcher
  public let scheduler: Scheduler

  init(
    _ loop: EventLoop, _ clock: HostClock, _ bundles: [TestBundle], _ addresses: [String], _ options: PoolOptions,
    _ runner: String
  ) {
    let upstreams = UpstreamClient { _, _, _ in
      throw UpstreamError(message: "nobody is out there", mayHaveArrived: false)
    }
    let services = HostServices(
      loop: loop, clock: clock, upstreams: upstreams,
      environment: Environment(isProduction: false, secrets: [:], upstreams: [:]),
      log: HostLog(loop, clock: clock, isJSON: true, descriptor: -1))
    let poke = LoopLocal<@Sendable (String) -> Void>(loop) { _ in }
    let loaded = zip(bundles, addresses).map { bundle, address in
      let name = bundle.manifest.name
      return LoadedBundle(
        bundle.manifest, registered: bundle.functions,
        pool: PostgresPool(loop, connectionString: address, options: options)
      ) { poke.value(name) }
    }
    let dispatcher = Dispatcher(services: services, bundles: loaded)
    let relay = Relay(services: services, bundles: loaded) { dispatcher.poke($0.name) }
    poke.value = { relay.poke($0) }
    self.services = services
    self.bundles = loaded
    self.dispatcher = dispatcher
    self.relay = relay
    scheduler = Scheduler(services: services, bundles: loaded, runner: runner)
  }

  public func start() {
    relay.start()
    dispatcher.start()
    scheduler.start()
  }

  public func close() async {
    await scheduler.stop()
    await relay.stop()
    services.inFlight.close()
    await dispatcher.stop()
    for bundle in bundles { await bundle.pool?.close() }
  }

  public func bundle(_ name: String) throws -> LoadedBundle {
    guard let bundle = bundles.first(where: { $0.name == name }) else {
      throw Missing(description: "no bundle \(name)")
    }
    return bundle
  }

  /// A transaction as one of the bundle's functions would have it.
  public func transaction(of name: String, as function: String) throws -> TransactionSession {
    let bundle = try bundle(name)
    guard let function = bundle.function(function) else { throw Missing(description: "no function \(function)") }
    return TransactionSession(bundle: bundle, function: function, services: services, timeout: .seconds(30))
  }

  /// Calls an endpoint as the gateway would.
  @discardableResult
  public func call(_ function: String, of name: String, body: JSON) async throws -> Int {
    let bundle = try bundle(name)
    guard let function = bundle.function(function) else { throw Missing(description: "no function \(function)") }
    let call = EndpointCall(
      request: EndpointRequest(body: body.serialized()), caller: Caller(), idempotency: nil, path: "/")
    let invocation = Invocation.forRequest(function, of: bundle, services: services, requestID: "test") { _ in nil }
    return await withCheckedContinuation { continuation in
      invocation.start { continuation.resume(returning: await invocation.answer(call).status) }
    }
  }
}

public struct Missing: Error, CustomStringConvertible {
  public let description: String
  public init(description: String) { self.description = description }
}
