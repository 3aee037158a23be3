internal import EventLoop
internal import LoopTesting
public import Postgres

/// A pool on the shared server, closed after the body. The name is that of a database made for the test.
public func withPool(
  _ database: String = "postgres", options: PoolOptions = PoolOptions(),
  _ body: @escaping @Sendable (PostgresPool) async throws -> Void
) async throws {
  let server = try await TestServer.shared
  try await withLoop { loop in
    let address = server.connectionString(database)
    try await AdminConnection.createDatabaseIfMissing(loop, connectionString: address)
    let pool = PostgresPool(loop, connectionString: address, options: options)
    do { try await body(pool) } catch {
      await pool.close()
      throw error
    }
    await pool.close()
  }
}
