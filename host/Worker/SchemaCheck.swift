import FunctionKit
import Manifest
import Migrations
import Postgres
import Runtime

/// Whether a bundle's database answers, and has every step of the schema that the bundle counts on.
struct SchemaCheck: Sendable {
  let bundle: LoadedBundle
  /// The folder that the worker runs from.
  let root: String

  @Sendable func reason() async -> FieldError? {
    guard let pool = bundle.pool, let database = bundle.manifest.database else { return nil }
    do {
      let missing = try await missing(in: pool)
      return missing.isEmpty
        ? nil
        : FieldError(
          field: database, message: "lacks migrations: \(missing.joined(separator: ", "))", code: "migrations_pending")
    } catch let error as DatabaseError where error.isUnavailable {
      return FieldError(field: database, message: "does not answer", code: "database_unavailable")
    } catch {
      return FieldError(field: database, message: "can't be checked: \(error)", code: "database_unavailable")
    }
  }

  private struct Step: Decodable {
    let bundle: String
    let version: Int
  }

  private func missing(in pool: PostgresPool) async throws -> [String] {
    let done: [Step] = try await pool.read(
      "select bundle, version from lakoo.migration where bundle = any(\([bundle.name, "lakoo"])::text[])",
      timeout: .seconds(1)
    ).rows.map { try $0.decode() }
    let names = Set(done.map { "\($0.bundle) \($0.version)" })
    return try wanted.filter { !names.contains($0) }
  }

  private var wanted: [String] {
    get throws {
      let own = try Migration.versions(directory: "\(root)/functions/\(bundle.name)/Migrations")
      return PlatformSchema.migrations.map { "lakoo \($0.version)" } + own.map { "\(bundle.name) \($0)" }
    }
  }
}
