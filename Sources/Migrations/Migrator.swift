internal import FunctionKit
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
    try await connection.withLock(Self.lock) {
      try await prepare()
      let history = History(bundle: bundle, entries: try await entries(bundle))
      var applied: [Applied] = []
      for migration in try history.pending(migrations) {
        applied.append(try await apply(migration, bundle))
      }
      return applied
    }
  }

  /// "migrate" in ASCII.
  private static var lock: Int64 { 0x6d_69_67_72_61_74_65 }

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

  private func entries(_ bundle: String) async throws -> [History.Entry] {
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

  private func apply(_ migration: Migration, _ bundle: String) async throws -> Applied {
    let start = ContinuousClock.now
    let file = "\(bundle)/\(migration.fileName)"
    do {
      // A step that waits for a lock makes everybody behind it wait too, so it gives up before that is felt for long.
      try await connection.execute(script: "begin; set local lock_timeout = '10s'")
      for part in migration.parts { try await run(part, file) }
      let milliseconds = Int(start.duration(to: .now) / .milliseconds(1))
      _ = try await connection.query(
        """
        insert into lakoo.migration (bundle, version, name, checksum, duration_ms)
        values (\(bundle), \(migration.version), \(migration.name), \(migration.checksum), \(milliseconds))
        """)
      try await commit(file)
      return Applied(version: migration.version, name: migration.name, milliseconds: milliseconds)
    } catch {
      await undo()
      throw error
    }
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

  private func commit(_ file: String) async throws {
    do {
      // A file may have changed settings of the session; the next one must not see them.
      try await connection.execute(script: "commit")
      try await connection.execute(script: "reset all")
    } catch let error as ScriptError {
      throw MigrationError("\(file): \(error.error.message)")
    }
  }

  /// Leaves the session as it was. A session that is gone has undone everything by itself.
  private func undo() async {
    do { try await connection.execute(script: "rollback; reset all") } catch { connection.close() }
  }
}

extension Migration.Part {
  var line: Int {
    switch self {
    case .sql(_, let line), .copy(_, _, let line): line
    }
  }
}
