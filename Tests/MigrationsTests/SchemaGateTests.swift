import EventLoop
import FunctionKit
import Migrations
import Postgres
import PostgresTesting
import Testing

/// Changes of a schema, each with the statements of a release that is live.
@Suite struct `A gate of a schema` {
  private static let table = "create table t (id int primary key, a text, b int default 1)"

  @Test(
    arguments: [
      ("alter table t drop column a", "select a from t", "column \"a\" does not exist"),
      ("alter table t rename to u", "delete from t where id = $1", "relation \"t\" does not exist"),
      ("alter table t alter b type bigint", "select id, b from t", "column \"b\" would be bigint instead of integer"),
      (
        "alter table t alter b type text", "update t set b = $1 where id = $2",
        "parameter $1 would be text instead of integer"
      ),
      ("alter table t add c int", "select * from t", "its columns would be id, a, b, c instead of id, a, b"),
      (
        "alter table t drop a; create type k as enum ('x'); alter table t add a k", "select a from t",
        "column \"a\" would be k instead of text"
      ),
      (
        "alter table t add c int not null",
        "with n as (insert into t (id, a) values ($1, $2) returning id) select id from n",
        "it inserts into \"t\" without \"c\", which would be not null and have no default"
      ),
      (
        "alter table t alter a set not null", "INSERT INTO public.t AS x (id, \"b\") select id, b from t",
        "it inserts into \"t\" without \"a\", which would be not null and have no default"
      ),
      (
        "alter table t alter b set not null, alter b drop default",
        "merge into t using (select 1 as n) s on id = n when not matched then insert (id) values (n)",
        "it inserts into \"t\" without \"b\", which would be not null and have no default"
      ),
    ]) func `refuses a step that a live statement does not survive`(step: String, sql: String, reason: String)
    async throws
  {
    try await withGate("gate_refuses") { gate, connection in
      try await gate.pass(plan([Self.table]))
      let live = GuardedStatement(owner: "release f798d6b7810b (live)", file: "functions/s/A.swift", line: 20, sql: sql)
      let before = try await connection.describe("select * from t")
      let error = await #expect(throws: SchemaGateError.self) {
        try await gate.pass(plan([Self.table, step], guarded: [live]))
      }
      #expect(error?.losses == ["release f798d6b7810b (live) functions/s/A.swift:20: \(reason)"])
      #expect(error?.description.contains("\nThe schema is as it was. Keep what the live release uses until") == true)
      #expect(try await connection.describe("select * from t") == before)
      #expect(try await versions(connection) == [1])
    }
  }

  @Test(
    arguments: [
      ("alter table t add c int", "select id, a from t"),
      ("alter table t add c int not null default 0", "insert into t values ($1)"),
      ("alter table t add c int not null generated always as identity", "insert into t (id) values ($1)"),
      ("alter table t alter a set not null", "insert into t (id, a) values ($1, $2)"),
      ("create table u (id int not null)", "insert into t (id) values ($1)"),
      ("alter table t add c int not null", "update t set a = $1"), ("drop table t", "with the lock held"),
      ("drop table t", "select x from t"), ("alter table t drop a", "select id from t -- a"),
    ]) func `lets through what leaves every live statement as it was`(step: String, sql: String) async throws
  {
    try await withGate("gate_passes") { gate, connection in
      try await gate.pass(plan([Self.table]))
      let live = GuardedStatement(owner: "release f798d6b7810b (live)", file: "A.swift", line: 20, sql: sql)
      #expect(try await gate.pass(plan([Self.table, step], guarded: [live])).map(\.version) == [2])
      #expect(try await versions(connection) == [1, 2])
    }
  }

  @Test func `names every statement that is lost, of every release, and goes over those that never worked`()
    async throws
  {
    try await withGate("gate_all") { gate, connection in
      try await gate.pass(plan([Self.table]))
      let guarded = ["select a from t", "select nothing from t", "select b from t", "select", "select id from t"]
        .enumerated()
        .flatMap { line, sql in
          ["live", "to roll back to"].map {
            GuardedStatement(owner: "release r (\($0))", file: "A.swift", line: line, sql: sql)
          }
        }
      let error = await #expect(throws: SchemaGateError.self) {
        try await gate.pass(plan([Self.table, "alter table t drop a", "alter table t drop b"], guarded: guarded))
      }
      #expect(
        error?.losses == [
          "release r (live) A.swift:0: column \"a\" does not exist",
          "release r (to roll back to) A.swift:0: column \"a\" does not exist",
          "release r (live) A.swift:2: column \"b\" does not exist",
          "release r (to roll back to) A.swift:2: column \"b\" does not exist",
        ])
    }
  }

  @Test(
    arguments: [
      ("select c from t", "column \"c\" does not exist"), ("select a from u", "relation \"u\" does not exist"),
      ("select f(a) from t", "function f(text) does not exist"),
    ]) func `refuses a release whose own statements do not work`(sql: String, reason: String) async throws
  {
    try await withGate("gate_own") { gate, connection in
      let own = GuardedStatement(owner: "the new release's own statement", file: "A.swift", line: 7, sql: sql)
      let error = await #expect(throws: SchemaGateError.self) { try await gate.pass(plan([Self.table], own: [own])) }
      #expect(
        error?.description == "the new release's own statement A.swift:7: \(reason)\n"
          + "Add a migration that makes what is missing, or mend the statement.")
      #expect(try await versions(connection) == [])
      // Without a step to do it is refused all the same.
      try await gate.pass(plan([Self.table]))
      await #expect(throws: SchemaGateError.self) { try await gate.pass(plan([Self.table], own: [own])) }
    }
  }

  @Test func `knows that parts of statements, and text for people, are no statements`() async throws {
    try await withGate("gate_parts") { gate, _ in
      let own = ["select $1 from $2", "select one of them, please", "with $1", "select a from t where $1 order by $2"]
        .map { GuardedStatement(owner: "own", file: "A.swift", line: 1, sql: $0) }
      let applied = try await gate.pass(plan([Self.table], own: own))
      #expect(applied.count == 1)
    }
  }

  @Test func `leaves nothing of any step when one fails, nor of a rehearsal`() async throws {
    try await withGate("gate_undone") { gate, connection in
      let failing = plan([Self.table, "create table u (id int);\n\nselect nothing"])
      let error = await #expect(throws: MigrationError.self) { try await gate.pass(failing) }
      #expect(error?.message == "shop/0002_step.sql:3: column \"nothing\" does not exist")
      #expect(try await versions(connection) == [])
      var rehearsal = plan([Self.table, "create table u (id int)"])
      rehearsal.isRehearsal = true
      #expect(try await gate.pass(rehearsal).map(\.version) == [1, 2])
      #expect(try await versions(connection) == [])
      rehearsal.migrations[1] = Migration(
        version: 2, name: "late",
        sql: "create table v (a int references t deferrable initially deferred); insert into v values (5)")
      let late = await #expect(throws: MigrationError.self) { try await gate.pass(rehearsal) }
      #expect(late?.message.hasPrefix("shop: insert or update on table \"v\" violates foreign key constraint") == true)
      rehearsal.isRehearsal = false
      await #expect(throws: MigrationError.self) { try await gate.pass(rehearsal) }
      let remaining = try await versions(connection)
      #expect(remaining == [])
    }
  }

  @Test func `lets a release back whose files the database is ahead of, if its statements work`() async throws {
    try await withGate("gate_back") { gate, connection in
      try await gate.pass(plan([Self.table, "alter table t add c int; alter table t drop a"]))
      await #expect(throws: MigrationError.self) { try await gate.pass(plan([Self.table])) }
      var back = plan(
        [Self.table], own: [GuardedStatement(owner: "own", file: "A.swift", line: 1, sql: "select b from t")])
      back.mayBeAhead = true
      #expect(try await gate.pass(back) == [])
      back.own = [GuardedStatement(owner: "own", file: "A.swift", line: 1, sql: "select a from t")]
      let error = await #expect(throws: SchemaGateError.self) { try await gate.pass(back) }
      #expect(error?.broken == ["own A.swift:1: column \"a\" does not exist"])
      #expect(try await versions(connection) == [1, 2])
    }
  }

  @Test func `gives each step the settings of the session`() async throws {
    try await withGate("gate_settings") { gate, connection in
      #expect(try await gate.pass(plan(["set search_path = ''", Self.table])).count == 2)
      let waits = try await connection.query("select current_setting('lock_timeout') || current_schema()").rows
      #expect(try waits.map { try $0.decode(String.self) } == ["0public"])
    }
  }

  @Test func `has hosts that deploy at the same time take turns`() async throws {
    try await withPool("gate_race") { pool in
      let counts = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<4 {
          group.addTask {
            let connection = try await pool.connect()
            defer { connection.close() }
            let gate = SchemaGate(connection, bundle: "shop")
            return try await gate.pass(plan(["select pg_sleep(0.1); \(Self.table)", "alter table t add c int"])).count
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(counts.sorted() == [0, 0, 0, 2])
    }
  }

  private func versions(_ connection: AdminConnection) async throws -> [Int] {
    try await connection.query("select version from lakoo.migration order by 1").rows.map { try $0.decode(Int.self) }
  }
}

private func plan(
  _ steps: [String], guarded: [GuardedStatement] = [], own: [GuardedStatement] = []
) -> SchemaGate.Plan {
  let migrations = steps.enumerated().map { Migration(version: $0 + 1, name: "step", sql: $1) }
  return SchemaGate.Plan(migrations: migrations, guarded: guarded, own: own)
}

/// A gate of an empty database.
private func withGate(
  _ database: String, _ body: @escaping @Sendable (SchemaGate, AdminConnection) async throws -> Void
) async throws {
  try await withPool("\(database)_\(UInt32.random(in: 0 ... .max))") { pool in
    let connection = try await pool.connect()
    defer { connection.close() }
    try await body(SchemaGate(connection, bundle: "shop"), connection)
  }
}
