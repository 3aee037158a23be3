internal import FunctionKit
internal import Postgres

/// The steps of one bundle's schema in one database: what is known to be done, and how a step is done.
struct SchemaSteps {
  let bundle: String
  let connection: AdminConnection

  /// Runs the body while no other host changes the database's schema.
  func alone<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
    try await connection.withLock(SchemaSteps.lock, body)
  }

  /// "migrate" in ASCII.
  private static var lock: Int64 { 0x6d_69_67_72_61_74_65 }

  /// What the database says has been done; it is taught to say so first.
  func history() async throws -> History {
    try await prepare()
    return History(bundle: bundle, entries: try await entries())
  }

  private func prepare() async throws {
    let known = try await connection.query("select to_regclass('lakoo.migration') is not null")
    if try known.rows.first?.decode(Bool.self) == true { return }
    try await connection.execute(
      script: """
        create schema if not exists lakoo;
        create table if not exists lakoo.migration (
          bundle      text not null,
          version     int not null,
          name        text not null,
          checksum    text not null,
          applied_at  timestamptz not null default now(),
          duration_ms int not null,
          primary key (bundle, version)
        );
        """)
  }

  private func entries() async throws -> [History.Entry] {
    struct Columns: Decodable {
      let version: Int
      let name: String
      let checksum: String
    }
    let result = try await connection.query(
      "select version, name, checksum from lakoo.migration where bundle = \(bundle) order by version")
    return try result.rows.map { row in
      let columns = try row.decode(Columns.self)
      return History.Entry(version: columns.version, name: columns.name, checksum: columns.checksum)
    }
  }

  /// Does a step in the open transaction and records it.
  func apply(_ migration: Migration) async throws -> Migrator.Applied {
    let start = ContinuousClock.now
    for part in migration.parts { try await run(part, "\(bundle)/\(migration.fileName)") }
    // A file may have changed settings of the session; what comes next must not see them.
    try await connection.execute(script: "reset all; \(SchemaSteps.patience)")
    let milliseconds = Int(start.duration(to: .now) / .milliseconds(1))
    _ = try await connection.query(
      """
      insert into lakoo.migration (bundle, version, name, checksum, duration_ms)
      values (\(bundle), \(migration.version), \(migration.name), \(migration.checksum), \(milliseconds))
      """)
    return Migrator.Applied(version: migration.version, name: migration.name, milliseconds: milliseconds)
  }

  private func run(_ part: Migration.Part, _ file: String) async throws {
    do {
      switch part {
      case .sql(let sql, _): try await connection.execute(script: sql)
      case .copy(let statement, let content, _): try await connection.copyIn(statement, content)
      }
    } catch let error as ScriptError {
      throw MigrationError("\(file):\(part.line + error.line - 1): \(error.error.message)")
    } catch let error as DatabaseError where !error.isUnavailable {
      throw MigrationError("\(file):\(part.line): \(error.message)")
    }
    guard connection.isInTransaction else {
      throw MigrationError(
        "\(file):\(part.line): a migration can't commit or roll back, since all of it is one transaction; remove that")
    }
  }
}

extension Migration.Part {
  var line: Int {
    switch self {
    case .sql(_, let line), .copy(_, _, let line): line
    }
  }
}
