import Deployment
import EventLoop
import Manifest
import Migrations
import Postgres

/// What a deploy does to databases.
extension Deployer {
  /// Brings the database of every bundle that changes up to its release's schema, unless that breaks a statement of a
  /// release that must go on working.
  func migrate(_ generation: Generation, _ changes: [Change], dryRun: Bool) async throws {
    let databases = Databases(settings: settings, loop: loop, socketDirectory: fleet.state.value.postgres)
    for manifest in generation.bundles {
      guard let change = changes.first(where: { $0.bundle == manifest.name }) else { continue }
      guard let connection = try await databases.prepare(manifest) else { continue }
      defer { connection.close() }
      try await SchemaGate(connection, bundle: manifest.name).pass(plan(change, dryRun: dryRun))
    }
  }

  private func plan(_ change: Change, dryRun: Bool) throws -> SchemaGate.Plan {
    let isLive = change.guarded.first == change.release
    let folder = "\(store.directory(of: change.release))/functions/\(change.bundle)/Migrations"
    let guarded = zip(change.guarded, ["live", "to roll back to"]).filter {
      !change.isReplacement && store.release($0.0) != nil
    }
    return SchemaGate.Plan(
      migrations: change.isRollback ? [] : try Migration.load(directory: folder),
      guarded: try guarded.flatMap { try statements(of: $0, owner: "release \($0) (\($1))") },
      own: isLive ? [] : try statements(of: change.release, owner: ownLabel(change)),
      mayBeAhead: change.isRollback || change.guarded.contains(change.release), isRehearsal: dryRun)
  }

  private func ownLabel(_ change: Change) -> String {
    change.isRollback ? "release \(change.release)'s own statement" : "the new release's own statement"
  }

  private func statements(of release: String, owner: String) throws -> [GuardedStatement] {
    try store.index(of: release).statements.map {
      GuardedStatement(owner: owner, file: $0.file, line: $0.line, sql: $0.sql)
    }
  }
}
