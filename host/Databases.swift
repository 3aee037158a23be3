import EventLoop
import LocalPostgres
import Manifest
import Migrations
import Postgres

/// The databases of all bundles: given by URL, or in a cluster that the host runs itself.
struct Databases {
  let settings: Settings
  let loop: EventLoop
  let local: LocalPostgres

  /// Whether any bundle has no URL and so needs the host's own cluster.
  static func needsLocal(_ plan: Plan, _ settings: Settings) -> Bool {
    plan.bundles.contains { $0.manifest.database != nil && settings.databaseURL($0.manifest.name) == nil }
  }

  func connectionString(_ manifest: BundleManifest) -> String? {
    guard let database = manifest.database else { return nil }
    return settings.databaseURL(manifest.name) ?? local.connectionString(database: database)
  }

  /// Makes what is missing and brings every database up to date; safe when two hosts do it at once.
  func prepare(_ manifest: BundleManifest) async throws {
    guard let target = connectionString(manifest) else { return }
    if settings.databaseURL(manifest.name) == nil {
      try await AdminConnection.createDatabaseIfMissing(loop, connectionString: target)
    }
    let connection = try await AdminConnection(loop, connectionString: target)
    defer { connection.close() }
    let migrator = Migrator(connection)
    try await migrator.migrate(bundle: "lakoo", PlatformSchema.migrations)
    let folder = "\(settings.root)/functions/\(manifest.name)/Migrations"
    try await migrator.migrate(bundle: manifest.name, Migration.load(directory: folder))
  }
}
