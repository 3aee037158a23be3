internal import Compression
internal import EventLoop
public import HTTPClient
public import HTTPServer
internal import Manifest
internal import OpenAPI
public import Runtime

/// Turns HTTP requests into invocations: the public door, every service's own, and the admin's.
public final class Gateway: Sendable {
  let services: HostServices
  let bundles: [LoadedBundle]
  let admission: Admission
  let edge: Edge
  let compressor = Compressor()
  let onReceipt: @Sendable (LoadedBundle) -> Void
  let startedAt: UInt64
  let version: String
  let adminRoutes: [AdminRoute]
  let adminFallback: (@Sendable (Request) async -> Response)?
  /// The ways to the bundles that others run, by their names.
  let forwarders: [String: Forwarder]
  /// The ways to releases that are tried out beside the live ones.
  let trials: [String: Forwarder]
  let tables: LoopLocal<[RouteTable]>
  let doors: LoopLocal<[Door]>
  let described: [DescribedBundle]
  public let requests: RequestTallies
  let readiness: ReadinessCheck?
  let descriptions: LoopLocal<[Door: StaticFile]>

  /// - Parameters:
  ///   - elsewhere: bundles that only others run, but whose libraries are known here, to be described.
  ///   - remotes: the bundles that other processes of this host run, and what sends them their requests.
  ///   - adminRoutes: what other parts of the host answer on the admin port.
  ///   - adminFallback: answers what comes in at the admin port and has no route here.
  ///   - readiness: asked by `GET /ready` of the public door and the admin's.
  ///   - onReceipt: called when a bundle has a new webhook delivery to work through.
  public init(
    services: HostServices, bundles: [LoadedBundle], elsewhere: [LoadedBundle] = [],
    remotes: (bundles: [RemoteBundle], client: HTTPClient)? = nil,
    keys: TrustKeys, edge: Edge = Edge(), version: String,
    adminRoutes: [AdminRoute] = [], adminFallback: (@Sendable (Request) async -> Response)? = nil,
    readiness: ReadinessCheck? = nil,
    onReceipt: @escaping @Sendable (LoadedBundle) -> Void
  ) {
    self.services = services
    self.bundles = bundles
    self.version = version
    self.adminRoutes = adminRoutes
    self.adminFallback = adminFallback
    self.onReceipt = onReceipt
    admission = Admission(keys: keys, services)
    self.edge = edge
    let ways = remotes.map { remotes in
      remotes.bundles.map { ($0.manifest.name, Forwarder($0, services.loop, remotes.client)) }
    }
    forwarders = Dictionary((ways ?? []).filter { $1.bundle.percent == nil }) { first, _ in first }
    trials = Dictionary((ways ?? []).filter { $1.bundle.percent != nil }) { first, _ in first }
    startedAt = services.loop.now
    requests = RequestTallies(services.loop)
    self.readiness = readiness
    tables = LoopLocal(services.loop, [])
    doors = LoopLocal(services.loop, [])
    descriptions = LoopLocal(services.loop, [:])
    described = DescribedBundle.all(bundles + elsewhere, remotes?.bundles ?? [])
    hostServices()
  }

  /// A server whose listeners' tags stand for the doors, in their order.
  public func makeServer(limits: Limits, doors: [Door]) -> HTTPServer {
    self.doors.value = doors
    tables.value = doors.map(table)
    requests.begin(zip(doors, tables.value).map { ($0, $1.patterns) })
    let local = doorTag(of: .local)
    let server = HTTPServer(services.loop, limits: limits) { [self] head in
      if head.tag == local { enter(head) } else { watch(head) }
      return look(at: head)
    } onRequest: { [self] request, responder in
      serve(request, responder)
    }
    server.onAbandoned = { [self] head in putDownAbandoned(head) }
    server.onResponse = { [self] head, tag, response in complete(&response, to: head, at: tag) }
    server.onRefusal = { [requests] code, tag in requests.refused("\(code)", at: tag) }
    return server
  }

  /// The listener's tag that stands for the door.
  func doorTag(of door: Door) -> Int? { doors.value.firstIndex(of: door) }
}
