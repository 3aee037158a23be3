internal import EventLoop
public import FunctionKit
internal import LoopTesting
internal import Manifest
internal import Postgres
public import Runtime

/// A bundle on a real PostgreSQL database of its own, with a clock that the test moves and upstreams that it plays.
///
///     try await withBundle("payment", Payment.self) { payment in
///       let reply = await payment.call("CreatePayment", body: […], caller: .service, key: "k1")
///       #expect(reply.status == 201)
///     }
public final class BundleUnderTest: Sendable {
  public let clock: HostClock
  let bundle: LoadedBundle
  let services: HostServices
  /// The project's folder.
  let root: String
  let upstreams: LoopLocal<[String: @Sendable (UpstreamRequest) async throws -> UpstreamResponse]>

  init(
    _ name: String, _ functions: [Registered], _ loop: EventLoop, connectionString: String, root: String,
    secrets: [String: String], settings: [String: String]
  ) throws {
    let manifest = try BundleUnderTest.manifest(name, root)
    self.root = root
    clock = HostClock()
    let plays = LoopLocal<[String: @Sendable (UpstreamRequest) async throws -> UpstreamResponse]>(loop, [:])
    upstreams = plays
    let client = UpstreamClient { request, _, _ in
      guard let play = plays.value[request.upstream] else {
        throw UpstreamError(message: "nobody plays upstream \(request.upstream); use on(_:)", mayHaveArrived: false)
      }
      return try await play(request)
    }
    let environment = Environment(
      isProduction: false,
      secrets: Dictionary(
        uniqueKeysWithValues: Set(manifest.needs.secrets + BundleUnderTest.keys).map { ($0, "test-\($0)") }
      ).merging(secrets) { $1 },
      upstreams: Dictionary(uniqueKeysWithValues: manifest.needs.outbound.map { ($0, "http://\($0).test") }),
      payloadSchemas: try EventFiles.payloadSchemas(of: manifest, root), settings: settings)
    services = HostServices(
      loop: loop, clock: clock, upstreams: client, environment: environment,
      log: HostLog(loop, clock: clock, isJSON: true, descriptor: -1))
    let pool = PostgresPool(loop, connectionString: connectionString, options: PoolOptions())
    bundle = LoadedBundle(manifest, registered: functions, pool: pool) {}
  }

  /// What calls to other services carry.
  private static let keys = ["INTERNAL_API_KEY", "GATEWAY_SECRET_KEY"]

  /// Plays an upstream: every request to it is answered by the closure.
  public func on(_ upstream: String, _ play: @escaping @Sendable (UpstreamRequest) async throws -> UpstreamResponse) {
    upstreams.value[upstream] = play
  }

  func close() async {
    services.inFlight.close()
    await bundle.pool?.close()
  }

  private static func manifest(_ name: String, _ root: String) throws -> BundleManifest {
    let file = "\(root)/manifests/\(name).yaml"
    let parsed = try parseBundle(yaml: TextFile.read(file), file: file)
    guard let manifest = parsed.manifest else {
      throw TestSetupError(parsed.diagnostics.map(\.description).joined(separator: "\n"))
    }
    return manifest
  }
}

/// Why a test could not even begin.
public struct TestSetupError: Error, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}

/// Runs the body with a bundle on a fresh database.
/// - Parameters:
///   - root: the project's folder; found by the test file's place when not given.
///   - secrets: those whose value matters, such as keys; the others are `test-` and their name.
///   - settings: those that are other than the manifest says.
public func withBundle<Result: Sendable>(
  _ name: String, _ type: any FunctionBundle.Type, root: String? = nil, file: String = #filePath,
  secrets: [String: String] = [:], settings: [String: String] = [:],
  _ body: @escaping @Sendable (BundleUnderTest) async throws -> Result
) async throws -> Result {
  let root = root ?? TextFile.projectRoot(above: file)
  let functions = type.functions
  let database = try await TestCluster.shared.makeDatabase(name, migrations: "\(root)/functions/\(name)/Migrations")
  return try await withLoop { loop in
    let bundle = try BundleUnderTest(
      name, functions, loop, connectionString: database, root: root, secrets: secrets, settings: settings)
    do {
      let result = try await body(bundle)
      await bundle.close()
      return result
    } catch {
      await bundle.close()
      throw error
    }
  }
}
