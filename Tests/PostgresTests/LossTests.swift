import EventLoop
import FunctionKit
import Postgres
import PostgresTesting
import Testing

@Suite struct `A connection that is lost` {
  @Test func `while it rests costs the next reader nothing`() async throws {
    try await withPool("lost_idle") { pool in
      _ = try await pool.read("select 1")
      try await terminate("lost_idle", pool)
      #expect(try await pool.one("select 2") == 2)
    }
  }

  @Test func `during a read is replaced and the read runs again`() async throws {
    try await withPool("lost_read") { pool in
      async let answer: Int = pool.one("select 5 from pg_sleep(0.5)")
      try await pool.loop.sleep(for: .milliseconds(200))
      try await terminate("lost_read", pool)
      #expect(try await answer == 5)
    }
  }

  @Test func `during a write leaves the outcome open, and says so`() async throws {
    try await withPool("lost_write") { pool in
      async let state = sqlState { _ = try await pool.write("select pg_sleep(2)") }
      try await pool.loop.sleep(for: .milliseconds(300))
      try await terminate("lost_write", pool)
      #expect(await state == "08007")
      #expect(pool.counters.busy == 0)
    }
  }

  @Test func `during a statement of a transaction fails it for certain`() async throws {
    try await withPool("lost_run") { pool in
      let transaction = try await pool.begin()
      async let state = sqlState { _ = try await transaction.run("select pg_sleep(2)") }
      try await pool.loop.sleep(for: .milliseconds(300))
      try await terminate("lost_run", pool)
      #expect(await state == "08006")
      #expect(await sqlState { try await transaction.commit() } == "08006")
      #expect(pool.counters.busy == 0)
    }
  }

  @Test func `during a commit leaves the outcome open, and says so`() async throws {
    try await withPool("lost_commit") { pool in
      let admin = try await AdminConnection(
        pool.loop, connectionString: TestServer.shared.connectionString("lost_commit"))
      try await admin.execute(
        script: """
          create table slow (id int);
          create function nap() returns trigger language plpgsql as 'begin perform pg_sleep(2); return null; end';
          create constraint trigger nap after insert on slow deferrable initially deferred
            for each row execute function nap();
          """)
      admin.close()
      let transaction = try await pool.begin()
      _ = try await transaction.run("insert into slow values (1)")
      async let state = sqlState { try await transaction.commit() }
      try await pool.loop.sleep(for: .milliseconds(300))
      try await terminate("lost_commit", pool)
      #expect(await state == "08007")
    }
  }
}

/// Ends every session on the database.
private func terminate(_ database: String, _ pool: PostgresPool) async throws {
  let admin = try await AdminConnection(pool.loop, connectionString: TestServer.shared.connectionString())
  defer { admin.close() }
  let ended = try await admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = \(database)")
  #expect(ended.affected > 0)
}
