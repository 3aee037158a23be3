public import EventLoop
public import FunctionKit
internal import LoopTesting
internal import Manifest
internal import Migrations
public import Postgres
internal import PostgresTesting
public import Runtime
private import Synchronization

/// Bundles on real databases, served by one host or by several that know nothing of each other.
public final class Platform: Sendable {
  public let loop: EventLoop
  public let clock = HostClock()
  public let hosts: [TestHost]
  private let bundles: [TestBundle]
  private let addresses: [String]
  private let others: LoopLocal<[TestHost]>
  public let databases: [String: String]
  /// Looks from outside, through connections of its own.
  private let observers: [String: PostgresPool]

  public var host: TestHost { hosts[0] }

  init(
    _ loop: EventLoop, _ bundles: [TestBundle], _ databases: [String], _ addresses: [String], hosts: Int,
    _ options: PoolOptions
  ) {
    let clock = clock
    let names = bundles.map(\.manifest.name)
    self.loop = loop
    self.bundles = bundles
    self.addresses = addresses
    others = LoopLocal(loop, [])
    self.databases = Dictionary(uniqueKeysWithValues: zip(names, databases))
    self.hosts = (0..<hosts).map { TestHost(loop, clock, bundles, addresses, options, "host \($0)") }
    observers = Dictionary(
      uniqueKeysWithValues: zip(names, addresses.map { PostgresPool(loop, connectionString: $0) }))
  }

  public func start() { for host in hosts { host.start() } }

  /// Lets a function of the first host trap without ending the process, which must be the test's alone.
  public func containCrashes() {
    _ = CrashContainment(services: host.services) { _ in }
    CrashHandlers.install(reportingTo: 2, containing: true)
  }

  /// Moves the clock of all hosts.
  public func advance(by duration: Duration) { clock.advance(by: duration) }

  /// One more host, as after a deployment.
  public func another() throws -> TestHost {
    let host = TestHost(loop, clock, bundles, addresses, PoolOptions(), "another")
    others.value.append(host)
    return host
  }

  func close() async {
    for host in hosts + others.value { await host.close() }
    for observer in observers.values { await observer.close() }
  }

  // MARK: Looking in from outside

  public func observer(_ bundle: String) throws -> PostgresPool {
    guard let pool = observers[bundle] else { throw Missing(description: "no bundle \(bundle)") }
    return pool
  }

  public func rows<Value: Decodable>(
    _ bundle: String, _ statement: SQL, as type: Value.Type = Value.self
  ) async throws -> [Value] {
    try await observer(bundle).read(statement, timeout: .seconds(30)).rows.map { try $0.decode(type) }
  }

  public func one<Value: Decodable>(
    _ bundle: String, _ statement: SQL, as type: Value.Type = Value.self
  ) async throws -> Value {
    guard let value = try await rows(bundle, statement, as: type).first else {
      throw Missing(description: "no row: \(statement.text)")
    }
    return value
  }

  public func write(_ bundle: String, _ statement: SQL) async throws {
    _ = try await observer(bundle).write(statement, timeout: .seconds(30))
  }

  /// Waits until the condition holds.
  public func until(
    _ what: String, within limit: Duration = .seconds(60), _ condition: () async throws -> Bool
  ) async throws {
    let start = ContinuousClock.now
    // On a machine that others use, the time may have passed with hardly a look.
    var looks = 0
    while try await !condition() {
      looks += 1
      guard start.duration(to: .now) < limit || looks < 200 else {
        throw Missing(description: "it never happened that \(what)")
      }
      try await loop.sleep(for: .milliseconds(5))
    }
  }

  /// Lets everybody look several times more, before something is said not to have happened.
  public func settle() async throws { try await loop.sleep(for: .milliseconds(1200)) }
}

private let made = Atomic(0)

/// Runs the body with the bundles on fresh databases.
public func withPlatform(
  _ bundles: [TestBundle], hosts: Int = 1, options: PoolOptions = PoolOptions(),
  _ body: @escaping @Sendable (Platform) async throws -> Void
) async throws {
  let server = try await TestServer.shared
  let number = made.add(1, ordering: .relaxed).newValue
  try await withLoop { loop in
    let databases = bundles.map { "event_\($0.manifest.name)_\(number)" }
    for (bundle, database) in zip(bundles, databases) {
      let address = server.connectionString(database)
      try await AdminConnection.createDatabaseIfMissing(loop, connectionString: address)
      let connection = try await AdminConnection(loop, connectionString: address)
      defer { connection.close() }
      try await Migrator(connection).migrate(bundle: "lakoo", PlatformSchema.migrations)
      try await connection.execute(script: bundle.schema)
    }
    let platform = Platform(
      loop, bundles, databases, databases.map { server.connectionString($0) }, hosts: hosts, options)
    do { try await body(platform) } catch {
      await platform.close()
      throw error
    }
    await platform.close()
  }
}
