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
      let gate = try await Gate(closedFor: "lost_read", pool)
      async let answer: Int = pool.one("select 5 from pg_advisory_xact_lock_shared(1)")
      try await gate.terminateWaiting()
      gate.open()
      #expect(try await answer == 5)
    }
  }

  @Test func `during a write leaves the outcome open, and says so`() async throws {
    try await withPool("lost_write") { pool in
      let gate = try await Gate(closedFor: "lost_write", pool)
      async let state = sqlState { _ = try await pool.write("select pg_advisory_xact_lock_shared(1)") }
      try await gate.terminateWaiting()
      #expect(await state == "08007")
      #expect(pool.counters.busy == 0)
    }
  }

  @Test func `during a statement of a transaction fails it for certain`() async throws {
    try await withPool("lost_run") { pool in
      let transaction = try await pool.begin()
      let gate = try await Gate(closedFor: "lost_run", pool)
      async let state = sqlState { _ = try await transaction.run("select pg_advisory_xact_lock_shared(1)") }
      try await gate.terminateWaiting()
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
          create function wait() returns trigger language plpgsql as
            'begin perform pg_advisory_xact_lock_shared(1); return null; end';
          create constraint trigger wait after insert on slow deferrable initially deferred
            for each row execute function wait();
          """)
      admin.close()
      let transaction = try await pool.begin()
      _ = try await transaction.run("insert into slow values (1)")
      let gate = try await Gate(closedFor: "lost_commit", pool)
      async let state = sqlState { try await transaction.commit() }
      try await gate.terminateWaiting()
      #expect(await state == "08007")
    }
  }
}

/// Ends the sessions of a database that rest.
private func terminate(_ database: String, _ pool: PostgresPool) async throws {
  let admin = try await AdminConnection(pool.loop, connectionString: TestServer.shared.connectionString())
  defer { admin.close() }
  let ended = try await admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = \(database)")
  #expect(ended.affected > 0)
}

/// A lock of a database that statements wait at until it opens, so that a test knows where they are.
private struct Gate {
  let database: String
  let loop: EventLoop
  private let keeper: AdminConnection
  private let admin: AdminConnection

  init(closedFor database: String, _ pool: PostgresPool) async throws {
    self.database = database
    loop = pool.loop
    keeper = try await AdminConnection(loop, connectionString: TestServer.shared.connectionString(database))
    admin = try await AdminConnection(loop, connectionString: TestServer.shared.connectionString())
    try await keeper.execute(script: "select pg_advisory_lock(1)")
  }

  /// Ends the sessions that wait at the gate, once there are some.
  func terminateWaiting() async throws {
    try await eventually(loop) {
      try await admin.query(
        """
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = \(database) and wait_event_type = 'Lock' and wait_event = 'advisory'
        """
      ).affected > 0
    }
  }

  func open() { keeper.close() }
}
