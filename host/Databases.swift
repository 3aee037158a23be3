import EventLoop
import LocalPostgres
import Manifest
import Migrations
import Postgres

/// The databases of all bundles: given by URL, or in a cluster that the host runs itself.
struct Databases {
  let settings: Settings
  let loop: EventLoop
  /// Where the host's own cluster listens; empty when there is none.
  let socketDirectory: String

  /// Whether any bundle has no URL and so needs the host's own cluster.
  static func needsLocal(_ manifests: [BundleManifest], _ settings: Settings) -> Bool {
    manifests.contains { $0.database != nil && settings.databaseURL($0.name) == nil }
  }

  func connectionString(_ manifest: BundleManifest) -> String? {
    guard let database = manifest.database else { return nil }
    return settings.databaseURL(manifest.name)
      ?? LocalPostgres.connectionString(socketDirectory: socketDirectory, database: database)
  }

  /// A connection for the schema of a bundle's database, which is made when it is missing and has the platform's own
  /// tables then; safe when two hosts do it at once. Nil for a bundle without a database.
  func prepare(_ manifest: BundleManifest) async throws -> AdminConnection? {
    guard let target = connectionString(manifest) else { return nil }
    if settings.databaseURL(manifest.name) == nil {
      try await AdminConnection.createDatabaseIfMissing(loop, connectionString: target)
    }
    let connection = try await AdminConnection(loop, connectionString: target)
    do {
      try await Migrator(connection).migrate(bundle: "lakoo", PlatformSchema.migrations)
    } catch {
      connection.close()
      throw error
    }
    return connection
  }
}
