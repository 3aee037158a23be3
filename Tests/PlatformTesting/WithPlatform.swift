public import EventLoop
internal import Gateway
internal import LoopTesting
internal import Migrations
internal import Postgres
internal import PostgresTesting
private import Synchronization

private let counter = Atomic(0)

/// Runs the body on the loop of a platform with these bundles and a fresh database.
public func withPlatform<Result: Sendable>(
  _ bundles: [BundleSource], _ setting: Setting = Setting(),
  _ body: @escaping @Sendable (Platform) async throws -> Result
) async throws -> Result {
  let needsDatabase = setting.database == nil && bundles.contains(where: \.hasDatabase)
  let name = "platform_\(counter.wrappingAdd(1, ordering: .relaxed).newValue)"
  let made = needsDatabase ? try await TestServer.shared.connectionString(name) : ""
  return try await withLoop { loop in
    if needsDatabase { try await prepareDatabase(loop, made, setting.schema) }
    let database = setting.database ?? made
    let platform = try Platform(loop, bundles, setting, database: database)
    do {
      if setting.watchesRevocations { await platform.gateway.watchRevocations() }
      let result = try await body(platform)
      await platform.close()
      return result
    } catch {
      await platform.close()
      throw error
    }
  }
}

/// A database with the host's own tables and whatever else the test needs.
public func prepareDatabase(_ loop: EventLoop, _ address: String, _ schema: String) async throws {
  try await AdminConnection.createDatabaseIfMissing(loop, connectionString: address)
  let connection = try await AdminConnection(loop, connectionString: address)
  defer { connection.close() }
  try await Migrator(connection).migrate(bundle: "lakoo", PlatformSchema.migrations)
  if !schema.isEmpty { try await connection.execute(script: schema) }
}
