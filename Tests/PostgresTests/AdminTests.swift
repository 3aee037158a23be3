import EventLoop
import FunctionKit
import LoopTesting
import PostgresTesting
import Testing

@testable import Postgres

@Suite struct `Administration` {
  @Test func `hosts that create the same database at once both succeed`() async throws {
    let address = try await TestServer.shared.connectionString("made by \"two\"")
    try await withLoop { loop in
      let created = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<3 {
          group.addTask { try await AdminConnection.createDatabaseIfMissing(loop, connectionString: address) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(created.count { $0 } == 1)
    }
  }

  @Test func `a statement is described without being run, and one that can't be is refused`() async throws {
    try await withPool("described") { pool in
      let address = try await TestServer.shared.connectionString("described")
      let connection = try await AdminConnection(pool.loop, connectionString: address)
      defer { connection.close() }
      try await connection.execute(script: "create table a (x int, y text)")
      let shape = try await connection.describe("insert into a values ($1, $2) returning y, x + 1::bigint as z")
      #expect(shape.parameters == [23, 25])
      #expect(shape.columns.map(\.name) == ["y", "z"])
      #expect(shape.columns.map(\.type) == [25, 20])
      let error = await #expect(throws: DatabaseError.self) { try await connection.describe("select z from a") }
      #expect(error?.sqlState == "42703")
      #expect(try await connection.describe("delete from a").columns == [])
      #expect(try await connection.query("select count(*)::int from a").rows.first?.decode(Int.self) == 0)
    }
  }

  @Test func `a script outside a transaction happens as a whole or not at all`() async throws {
    try await withPool("scripts") { pool in
      let address = try await TestServer.shared.connectionString("scripts")
      let connection = try await AdminConnection(pool.loop, connectionString: address)
      defer { connection.close() }
      let error = await #expect(throws: ScriptError.self) {
        try await connection.execute(script: "create table a (x int);\nselect 1 +\n oops;\n")
      }
      #expect(error?.line == 3)
      #expect(try await connection.query("select to_regclass('a') is null").rows.first?.decode(Bool.self) == true)
    }
  }

  @Test func `one that can't connect says why`() async throws {
    let address = try await TestServer.shared.connectionString("no_such_db")
    try await withLoop { loop in
      let error = await #expect(throws: DatabaseError.self) {
        _ = try await AdminConnection(loop, connectionString: address)
      }
      #expect(error?.message.hasPrefix("can't reach database no_such_db: ") == true)
      #expect(error?.message.hasSuffix("database \"no_such_db\" does not exist") == true)
    }
  }

  @Test func `statements are told apart in any text`() {
    #expect(starts("select 1; select 2") == [0, 10])
    #expect(starts(" -- a;b\n/* c; /* d; */ */ x ';' ; ;\n do $y$ a; $$ b; $y$; e") == [26, 37, 58])
    #expect(starts("select E'\\';', \"a;b\", 'it''s;'; select $1; x") == [0, 32, 43])
  }

  private func starts(_ text: String) -> [Int] { statementStarts(in: Array(text.utf8)) }
}
