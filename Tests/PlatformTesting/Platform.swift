public import EventLoop
public import FunctionKit
public import Gateway
internal import HTTPClient
internal import HTTPServer
internal import LoopTesting
public import Manifest
public import Postgres
internal import PostgresTesting
public import RateLimits
public import Runtime
public import Telemetry

/// A whole host in the test's process but for its background work: bundles on a real database behind real ports.
public final class Platform: Sendable {
  public let loop: EventLoop
  public let services: HostServices
  public let bundles: [LoadedBundle]
  public let log: LogFile
  /// What it counts in together with others.
  public let sharedRates: SharedRates?
  let gateway: Gateway
  private let server: LoopLocal<HTTPServer>
  private let ports: [Door: Int]
  private let client: HTTPClient
  private let receipts: LoopLocal<Int>
  private let accessLog: AccessLog?

  /// What its gateway has counted.
  public var requests: RequestTallies { gateway.requests }
  public var clock: HostClock { services.clock }
  public var bundle: LoadedBundle { bundles[0] }
  /// The first bundle's database.
  public var pool: PostgresPool { get throws { try bundle.requirePool() } }
  /// How often the gateway has said that a webhook delivery is waiting.
  public var receiptCount: Int { receipts.value }

  init(_ loop: EventLoop, _ sources: [BundleSource], _ setting: Setting, database: String) throws {
    self.loop = loop
    let log = try LogFile(loop)
    self.log = log
    let clock = HostClock()
    let receipts = LoopLocal(loop, 0)
    self.receipts = receipts
    let client = try HTTPClient(loop: loop, allowedOrigins: nil)
    self.client = client
    let known = LoopLocal<[Door: Int]>(loop, [:])
    let remote = setting.remote.map { name, url in
      (name, ServiceTransport.http(client) { url ?? "http://127.0.0.1:\(known.value[.service(name)] ?? 0)" })
    }
    services = HostServices(
      loop: loop, clock: clock,
      upstreams: UpstreamClient { request, _, _ in try await setting.upstream(request) },
      environment: Environment(
        isProduction: setting.isProduction, secrets: setting.secrets.merging(Keys.secrets) { $1 },
        upstreams: ["bank": "http://bank.test"], payloadSchemas: setting.payloadSchemas, settings: setting.settings),
      log: HostLog(loop, clock: clock, isJSON: setting.logsJSON, descriptor: log.descriptor),
      remote: Dictionary(uniqueKeysWithValues: remote), tracer: try setting.tracer?(loop))
    accessLog = try setting.accessLog(loop, log)
    bundles = try sources.map { source in
      let manifest = try source.manifest()
      let pool = manifest.database.map { _ in
        PostgresPool(loop, connectionString: database, options: setting.pool)
      }
      return LoadedBundle(manifest, registered: source.functions, pool: pool) {}
    }
    let remotes = try setting.elsewhere.map {
      RemoteBundle(try $0.bundle.manifest(), socketPath: $0.socketPath, percent: $0.percent)
    }
    let edge = try setting.edge(loop, accessLog)
    sharedRates = edge.sharedRates
    gateway = Gateway(
      services: services, bundles: bundles, remotes: (remotes, client), keys: try Keys.trust(),
      edge: edge, version: "1.2.3"
    ) { _ in receipts.value += 1 }
    let names = Set(bundles.map(\.name) + remotes.map(\.manifest.name))
    let doors = [Door.gateway, .admin] + names.map { .service($0) }
    let server = gateway.makeServer(limits: Limits(), doors: doors + [.local])
    var ports: [Door: Int] = [:]
    for (tag, door) in doors.enumerated() {
      if case .tcp(_, let port) = try server.listen(on: .tcp(host: "127.0.0.1", port: 0), tag: tag) {
        ports[door] = port
      }
    }
    if let path = setting.localSocket { try server.listen(on: .unix(path: path), tag: doors.count) }
    known.value = ports
    self.server = LoopLocal(loop, server)
    self.ports = ports
  }

  /// Lets go of what has been logged.
  func flushLog() {
    services.log.flush()
    accessLog?.flush()
  }

  public func port(_ door: Door) -> Int { ports[door] ?? 0 }

  func close() async {
    await gateway.stopWatching()
    await server.value.drain(within: .seconds(5))
    services.inFlight.close()
    await services.tracer?.stop(within: .seconds(1))
    client.close()
    sharedRates?.close()
    for bundle in bundles { await bundle.pool?.close() }
    log.close()
  }
}

/// What a test may ask of its platform.
public struct Setting: Sendable {
  public var isProduction = false
  public var logsJSON = true
  public var pool = PoolOptions()
  public var secrets = ["XENDIT_CALLBACK_TOKEN": "callback-token"]
  /// What bundles' settings are set to.
  public var settings: [String: String] = [:]
  /// Answers calls to upstream `bank`.
  public var upstream: @Sendable (UpstreamRequest) async throws -> UpstreamResponse = { _ in
    throw UpstreamError(message: "none", mayHaveArrived: false)
  }
  /// What emitted data is held against.
  public var payloadSchemas: [String: PayloadSchema] = [:]
  /// A database of another server than the shared one; the test has prepared it.
  public var database: String?
  /// Services that are called over HTTP, each with its base URL; nil is the platform's own port for it.
  public var remote: [String: String?] = [:]
  /// Where other platforms reach this one.
  public var localSocket: String?
  /// Bundles that other platforms run.
  public var elsewhere: [Elsewhere] = []
  /// What `host.yaml` says.
  public var host = ""
  /// What requests are counted in, when not in a table of the platform's own.
  public var rates: RateTable?
  /// What several platforms count in together.
  public var redis: RedisAddress?
  /// Whether the gateway asks bundle `auth` which sessions have ended, every 5 ms.
  public var watchesRevocations = false
  /// Run in the database before the first request.
  public var schema = ""
  /// Makes what takes the platform's traces.
  public var tracer: (@Sendable (EventLoop) throws -> Tracer)?

  public init() {}

  fileprivate func edge(_ loop: EventLoop, _ accessLog: AccessLog?) throws -> Edge {
    let shared = redis.map { SharedRates(loop, $0, deadline: .seconds(1)) { _ in } }
    return Edge(
      try manifest(), rates: try rates ?? RateTable(groups: 64), sharedRates: shared, accessLog: accessLog)
  }

  fileprivate func accessLog(_ loop: EventLoop, _ log: LogFile) throws -> AccessLog? {
    try manifest().accessLog.flatMap { AccessLog(loop, $0, descriptor: log.descriptor) }
  }

  private func manifest() throws -> HostManifest {
    let parsed = parseHost(yaml: host.isEmpty ? "{}" : host, file: "host.yaml")
    guard let manifest = parsed.manifest else {
      throw SetupError(parsed.diagnostics.map(\.description).joined(separator: "\n"))
    }
    return manifest
  }

  public struct Elsewhere: Sendable {
    let bundle: BundleSource
    let socketPath: String
    let percent: Int?

    public init(_ bundle: BundleSource, _ socketPath: String, percent: Int? = nil) {
      (self.bundle, self.socketPath, self.percent) = (bundle, socketPath, percent)
    }
  }
}
