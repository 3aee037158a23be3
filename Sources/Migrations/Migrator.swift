public import Postgres

/// Brings a database up to date, one transaction per step.
public struct Migrator: Sendable {
  /// A step that was done just now.
  public struct Applied: Sendable, Equatable {
    public let version: Int
    public let name: String
    public let milliseconds: Int
  }

  private let connection: AdminConnection

  public init(_ connection: AdminConnection) { self.connection = connection }

  /// Does the steps that this database does not have yet. Of hosts that start together one does them, and the others
  /// wait and find nothing to do.
  /// - Parameter bundle: whose steps they are; each has its own numbers.
  /// - Returns: the steps that were done, in order.
  /// - Throws: ``MigrationError`` when the files and the database do not fit, or a step fails: nothing of that step
  ///   remains then. ``DatabaseError`` when the connection is lost.
  @discardableResult
  public func migrate(bundle: String, _ migrations: [Migration]) async throws -> [Applied] {
    let steps = SchemaSteps(bundle: bundle, connection: connection)
    return try await steps.alone {
      var applied: [Applied] = []
      for migration in try await steps.history().pending(migrations) {
        applied.append(
          try await steps.transaction("\(bundle)/\(migration.fileName)") { try await steps.apply(migration) })
      }
      return applied
    }
  }
}
