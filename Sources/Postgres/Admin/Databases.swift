public import EventLoop
internal import FunctionKit

extension AdminConnection {
  /// Runs the body while this session, and no other on the database, holds the lock.
  public func withLock<Result: Sendable>(_ key: Int64, _ body: () async throws -> Result) async throws -> Result {
    _ = try await query("select pg_advisory_lock(\(key))")
    let result: Result
    do { result = try await body() } catch {
      // The lock ends with the session at the latest, so the reason why the body failed is what counts.
      _ = try? await query("select pg_advisory_unlock(\(key))")
      throw error
    }
    _ = try await query("select pg_advisory_unlock(\(key))")
    return result
  }

  /// Creates the database that the connection string names, unless it is there. Hosts that do so at the same time take
  /// turns.
  /// - Returns: whether it was created.
  @discardableResult
  public static func createDatabaseIfMissing(
    _ loop: EventLoop, connectionString: String, maintenanceDatabase: String = "postgres"
  ) async throws -> Bool {
    let name = Conninfo(text: connectionString, applicationName: "", settings: []).database
    let admin = try await AdminConnection(loop, connectionString: connectionString, database: maintenanceDatabase)
    defer { admin.close() }
    return try await admin.withLock(creationLock) {
      let found = try await admin.query("select 1 from pg_database where datname = \(name)")
      guard found.rows.isEmpty else { return false }
      try await admin.execute(script: "create database \(quotedName(name))")
      return true
    }
  }

  /// "lakoo" in ASCII.
  private static var creationLock: Int64 { 0x6c_61_6b_6f_6f }
}

/// A name in double quotes, so that it stands for itself.
func quotedName(_ name: String) -> String {
  "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
