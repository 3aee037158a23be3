import FaultTesting
import FunctionKit

extension RunningHost {
  /// Lets nobody use the database of the functions that trap, as if it were down.
  func closeDatabase() async throws {
    try await write(in: "postgres", "alter database crash_db allow_connections false")
    try await write(
      in: "postgres", "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'crash_db'")
  }

  func openDatabase() async throws { try await write(in: "postgres", "alter database crash_db allow_connections true") }
}
