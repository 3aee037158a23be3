import EventLoop
import FunctionKit
import Migrations
import Postgres
import PostgresTesting
import Testing

@Suite struct `A migrator` {
  @Test func `does what is new, once, and records it`() async throws {
    let folder = try Folder(["0001_a.sql": "create table a (id int); insert into a values (1)"])
    try await withPool("migrate_new") { pool in
      let connection = try await pool.connect()
      defer { connection.close() }
      let migrator = Migrator(connection)
      #expect(try await migrator.migrate(bundle: "shop", folder.load()).map(\.version) == [1])
      #expect(try await migrator.migrate(bundle: "shop", folder.load()) == [])
      try folder.write("0002_b.sql", "alter table a add b int default 7")
      #expect(try await migrator.migrate(bundle: "shop", folder.load()).map(\.name) == ["b"])
      #expect(try await pool.column("select b from a") == ["7"])
      #expect(
        try await pool.column("select bundle || version || name || length(checksum) from lakoo.migration order by 1")
          == ["shop1a64", "shop2b64"])
    }
  }

  @Test func `keeps the numbers of bundles apart`() async throws {
    let step = [Migration(version: 1, name: "nothing", sql: "select 1")]
    try await withPool("migrate_bundles") { pool in
      let connection = try await pool.connect()
      defer { connection.close() }
      #expect(try await Migrator(connection).migrate(bundle: "one", step).count == 1)
      #expect(try await Migrator(connection).migrate(bundle: "two", step).count == 1)
    }
  }

  @Test func `works beside others that start at the same time`() async throws {
    let folder = try Folder(["0001_a.sql": "select pg_sleep(0.2); create table a (id int)", "0002_b.sql": "select 1"])
    try await withPool("migrate_race") { pool in
      let counts = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<4 {
          group.addTask {
            let connection = try await pool.connect()
            defer { connection.close() }
            return try await Migrator(connection).migrate(bundle: "shop", folder.load()).count
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(counts.sorted() == [0, 0, 0, 2])
    }
  }

  @Test func `refuses files that do not fit what was done`() async throws {
    let folder = try Folder(["0001_a.sql": "select 1", "0002_b.sql": "select 2"])
    try await withPool("migrate_fit") { pool in
      let connection = try await pool.connect()
      defer { connection.close() }
      let migrator = Migrator(connection)
      _ = try await migrator.migrate(bundle: "shop", folder.load())
      try folder.write("0001_a.sql", "select 10")
      #expect(
        await refusal { _ = try await migrator.migrate(bundle: "shop", folder.load()) }
          == "shop/0001_a.sql: was changed after this database got it; put back version 1 as it was and make the change "
          + "in a new file, 0003_….sql")
      try folder.write("0001_a.sql", "select 1")
      try folder.remove("0002_b.sql")
      #expect(
        await refusal { _ = try await migrator.migrate(bundle: "shop", folder.load()) }
          == "shop/0002_b.sql: this database already has it, but the file is missing; put it back, or start the version "
          + "of the bundle that contains it")
      _ = try await connection.query("delete from lakoo.migration where version = 1")
      try folder.write("0002_b.sql", "select 2")
      #expect(
        await refusal { _ = try await migrator.migrate(bundle: "shop", folder.load()) }
          == "shop/0001_a.sql: comes before 0002, which this database already has; give it the next number, 0003")
    }
  }

  @Test func `leaves nothing of a step that fails, and names the line`() async throws {
    let folder = try Folder([
      "0001_a.sql": "create table a (id int primary key);",
      "0002_b.sql": "create table b (id int);\n\ninsert into a values (1);\n-- once more\ninsert into a values (1);",
    ])
    try await withPool("migrate_fails") { pool in
      let connection = try await pool.connect()
      defer { connection.close() }
      let migrator = Migrator(connection)
      #expect(
        await refusal { _ = try await migrator.migrate(bundle: "shop", folder.load()) }
          == "shop/0002_b.sql:5: duplicate key value violates unique constraint \"a_pkey\"")
      #expect(try await pool.column("select version from lakoo.migration") == ["1"])
      #expect(try await pool.column("select to_regclass('b') is null") == ["t"])
      try folder.write("0002_b.sql", "select 1;\nselect\n  foo;\n")
      #expect(
        await refusal { _ = try await migrator.migrate(bundle: "shop", folder.load()) }
          == "shop/0002_b.sql:3: column \"foo\" does not exist")
      try folder.write("0002_b.sql", "create table b (id int)")
      #expect(try await migrator.migrate(bundle: "shop", folder.load()).count == 1)
    }
  }

  @Test func `copies files in the same transaction`() async throws {
    let folder = try Folder([
      "0001_a.sql": "create table a (id int, name text);\n\\copy a (id, name) from 'data/a.csv' csv header\n"
        + "update a set name = upper(name);",
      "data/a.csv": "id,name\n1,\"x, y\"\n2,ü\n",
    ])
    try await withPool("migrate_copy") { pool in
      let connection = try await pool.connect()
      defer { connection.close() }
      _ = try await Migrator(connection).migrate(bundle: "shop", folder.load())
      #expect(try await pool.column("select name from a order by id") == ["X, Y", "Ü"])
      try folder.write("0002_b.sql", "delete from a;\n\\copy a (id, name) from 'data/b.csv' csv header\n")
      try folder.write("data/b.csv", "id,name\n1,x\nno,y\n")
      #expect(
        await refusal { _ = try await Migrator(connection).migrate(bundle: "shop", folder.load()) }
          == "shop/0002_b.sql:2: invalid input syntax for type integer: \"no\"")
      #expect(try await pool.column("select count(*) from a") == ["2"])
    }
  }

  @Test func `copies files larger than any buffer`() async throws {
    let rows = (1...60_000).map { "\($0),some text that makes the row longer" }.joined(separator: "\n")
    let folder = try Folder([
      "0001_a.sql": "create table a (id int, name text);\n\\copy a from 'data/a.csv' csv\n", "data/a.csv": rows,
    ])
    try await withPool("migrate_large") { pool in
      let connection = try await pool.connect()
      defer { connection.close() }
      _ = try await Migrator(connection).migrate(bundle: "shop", folder.load())
      #expect(try await pool.column("select count(*) from a") == ["60000"])
    }
  }

  @Test func `refuses a step that ends its own transaction`() async throws {
    try await withPool("migrate_commit") { pool in
      let connection = try await pool.connect()
      defer { connection.close() }
      let step = [Migration(version: 1, name: "commits", sql: "create table a (id int); commit")]
      #expect(
        await refusal { _ = try await Migrator(connection).migrate(bundle: "shop", step) }
          == "shop/0001_commits.sql:1: a migration can't commit or roll back, since all of it is one transaction; "
          + "remove that")
    }
  }

  @Test func `hides the settings of one step from the next`() async throws {
    try await withPool("migrate_settings") { pool in
      let connection = try await pool.connect()
      defer { connection.close() }
      let steps = [
        Migration(version: 1, name: "path", sql: "set search_path = ''"),
        Migration(version: 2, name: "table", sql: "create table a (id int)"),
      ]
      #expect(try await Migrator(connection).migrate(bundle: "shop", steps).count == 2)
    }
  }
}

extension PostgresPool {
  /// The first column of all rows, as text.
  func column(_ sql: SQL) async throws -> [String] { try await read(sql).rows.map { try $0.decode(String.self) } }
}
