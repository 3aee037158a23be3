public import FunctionKit
internal import LoopTesting

extension RunningHost {
  /// The only number of a statement, read past the host from a bundle's database in the PostgreSQL that it runs itself.
  public func value(in bundle: String, _ statement: SQL) async throws -> Int {
    try await pastHost(bundle) { try await $0.value(in: bundle, statement) }
  }

  /// Changes a bundle's database past the host.
  public func write(in bundle: String, _ statement: SQL) async throws {
    try await pastHost(bundle) { try await $0.write(in: bundle, statement) }
  }

  private func pastHost<Result: Sendable>(
    _ bundle: String, _ body: @escaping @Sendable (WorldDatabases) async throws -> Result
  ) async throws -> Result {
    let address = try embeddedDatabase(project.databases[bundle] ?? bundle)
    return try await withLoop { loop in
      let databases = WorldDatabases(loop, [bundle: address])
      do {
        let result = try await body(databases)
        await databases.close()
        return result
      } catch {
        await databases.close()
        throw error
      }
    }
  }
}
