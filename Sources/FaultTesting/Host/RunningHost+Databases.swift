public import FunctionKit
internal import LoopTesting

extension RunningHost {
  /// The only number of a statement, read past the host from a bundle's database in the PostgreSQL that it runs itself.
  public func value(in bundle: String, _ statement: SQL) async throws -> Int {
    let address = try embeddedDatabase(project.databases[bundle] ?? bundle)
    return try await withLoop { loop in
      let databases = WorldDatabases(loop, [bundle: address])
      do {
        let value = try await databases.value(in: bundle, statement)
        await databases.close()
        return value
      } catch {
        await databases.close()
        throw error
      }
    }
  }
}
