internal import EventLoop
internal import FunctionKit
internal import FunctionTesting
internal import LocalPostgres
internal import Postgres

/// The databases of a world: asked past the host and past the proxies.
final class WorldDatabases: Sendable {
  private let loop: EventLoop
  private let pools: [String: PostgresPool]

  /// - Parameter addresses: connection strings by the bundle's name.
  init(_ loop: EventLoop, _ addresses: [String: String]) {
    self.loop = loop
    pools = addresses.mapValues { address in
      var options = PoolOptions()
      (options.readers, options.writers, options.applicationName) = (1, 1, "faults")
      return PostgresPool(loop, connectionString: address, options: options)
    }
  }

  /// A statement's only number. A server that is just being restarted is asked again.
  func value(in bundle: String, _ statement: SQL) async throws -> Int {
    let pool = try pool(bundle)
    for _ in 0..<50 {
      do { return try await number(of: statement, pool) } catch let error as DatabaseError where error.isUnavailable {
        try await loop.sleep(for: .milliseconds(100))
      }
    }
    return try await number(of: statement, pool)
  }

  private func number(of statement: SQL, _ pool: PostgresPool) async throws -> Int {
    guard let value: Int = try await pool.read(statement, timeout: .seconds(30)).rows.first?.decode() else {
      throw TestFailure("no number from \"\(statement.text)\"")
    }
    return value
  }

  func write(in bundle: String, _ statement: SQL) async throws {
    _ = try await pool(bundle).write(statement, timeout: .seconds(30))
  }

  /// What still waits to be worked through, or to be delivered at all, by the bundle that is to do it.
  /// - Parameter types: what each bundle's functions listen to.
  func open(_ types: [String: [String: [String]]]) async throws -> [String: Int] {
    var open: [String: Int] = [:]
    for bundle in pools.keys.sorted() {
      var count = try await value(in: bundle, PlatformTables.pending)
      for place in try await subscriptions(of: bundle) {
        let types = types[bundle]?[place.function] ?? []
        if pools[place.source] != nil { count += try await value(in: place.source, place.unread(types)) }
      }
      if count > 0 { open[bundle] = count }
    }
    return open
  }

  private func subscriptions(of bundle: String) async throws -> [PlatformTables.Subscription] {
    try await pool(bundle).read(PlatformTables.subscriptions, timeout: .seconds(30)).rows.map { try $0.decode() }
  }

  func everywhere(_ statements: [SQL]) async throws {
    for bundle in pools.keys.sorted() { for statement in statements { try await write(in: bundle, statement) } }
  }

  func close() async { for pool in pools.values { await pool.close() } }

  private func pool(_ bundle: String) throws -> PostgresPool {
    guard let pool = pools[bundle] else {
      throw TestFailure("bundle '\(bundle)' has no database; those with one are \(pools.keys.sorted())")
    }
    return pool
  }
}
