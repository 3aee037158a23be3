import EventLoop
import FunctionKit
import Postgres
import PostgresTesting
import Testing

@Suite struct `Transactions` {
  @Test func `a commit makes it last, a rollback undoes it`() async throws {
    try await withPool { pool in
      try await pool.table("kept", "id int")
      let kept = try await pool.begin()
      _ = try await kept.run("insert into kept values (1)")
      try await kept.commit()
      let undone = try await pool.begin()
      _ = try await undone.run("insert into kept values (2)")
      await undone.rollback()
      #expect(try await pool.count("kept") == 1)
      #expect(pool.counters.busy == 0)
    }
  }

  @Test func `one that ran nothing sends nothing`() async throws {
    try await withPool { pool in
      let transaction = try await pool.begin()
      try await transaction.commit()
      let sent: Int = try await pool.one(
        "select count(*) from pg_stat_activity where application_name = 'lakoo' and query = 'begin'")
      #expect(sent == 0)
    }
  }

  @Test func `a unique violation names its constraint and carries no data`() async throws {
    try await withPool { pool in
      try await pool.table("uniq", "email text constraint uniq_email unique")
      _ = try await pool.write("insert into uniq values ('secret@example.com')")
      let error = await #expect(throws: DatabaseError.self) {
        try await pool.write("insert into uniq values (\("secret@example.com"))")
      }
      #expect(error?.isUniqueViolation == true)
      #expect(error?.constraint == "uniq_email")
      #expect(error?.message.contains("secret") == false)
    }
  }

  @Test func `after a failed statement a commit throws and nothing lasts`() async throws {
    try await withPool { pool in
      try await pool.table("aborted", "id int primary key")
      let transaction = try await pool.begin()
      _ = try await transaction.run("insert into aborted values (1)")
      #expect(await sqlState { _ = try await transaction.run("insert into aborted values (1)") } == "23505")
      #expect(await sqlState { _ = try await transaction.run("select 1") } == "25P02")
      #expect(await sqlState { try await transaction.commit() } == "25P02")
      #expect(try await pool.count("aborted") == 0)
      #expect(pool.counters.busy == 0)
    }
  }

  @Test func `a statement that rolls the transaction back does not pass for a commit`() async throws {
    try await withPool { pool in
      try await pool.table("sneaky", "id int")
      let transaction = try await pool.begin()
      _ = try await transaction.run("insert into sneaky values (1)")
      _ = try await transaction.run("rollback")
      #expect(await sqlState { try await transaction.commit() } == "2D000")
      #expect(try await pool.count("sneaky") == 0)
    }
  }

  @Test func `a deferred statement that fails surfaces at the commit`() async throws {
    try await withPool { pool in
      try await pool.table("deferred", "id int primary key")
      let transaction = try await pool.begin()
      _ = try await transaction.run("insert into deferred values (1)")
      try transaction.enqueue("insert into deferred values (1)")
      #expect(await sqlState { try await transaction.commit() } == "23505")
      #expect(try await pool.count("deferred") == 0)
    }
  }

  @Test func `a deferred statement that fails surfaces at the next run`() async throws {
    try await withPool { pool in
      let transaction = try await pool.begin()
      try transaction.enqueue("select 1 / 0")
      #expect(await sqlState { _ = try await transaction.run("select 1") } == "22012")
      await transaction.rollback()
    }
  }

  @Test func `deferred statements are committed too`() async throws {
    try await withPool { pool in
      try await pool.table("outboxed", "id int")
      let transaction = try await pool.begin()
      for id in 1...50 { try transaction.enqueue("insert into outboxed values (\(id))") }
      try await transaction.commit()
      #expect(try await pool.count("outboxed") == 50)
    }
  }

  @Test func `a constraint that is checked at the commit fails the commit`() async throws {
    try await withPool { pool in
      try await pool.table("late", "id int unique deferrable initially deferred")
      _ = try await pool.write("insert into late values (1)")
      let transaction = try await pool.begin()
      _ = try await transaction.run("insert into late values (1)")
      #expect(await sqlState { try await transaction.commit() } == "23505")
      #expect(await sqlState { _ = try await pool.write("insert into late values (1)") } == "23505")
      #expect(try await pool.count("late") == 1)
    }
  }

  @Test func `it can't be used after its end`() async throws {
    try await withPool { pool in
      let transaction = try await pool.begin()
      _ = try await transaction.run("select 1")
      try await transaction.commit()
      #expect(await sqlState { _ = try await transaction.run("select 1") } == "25000")
      #expect(await sqlState { try await transaction.commit() } == "25000")
      await transaction.rollback()
    }
  }

  @Test func `one that is dropped is rolled back`() async throws {
    try await withPool { pool in
      try await pool.table("dropped", "id int")
      do {
        let transaction = try await pool.begin()
        _ = try await transaction.run("insert into dropped values (1)")
      }
      try await eventually(pool.loop) { pool.counters.busy == 0 }
      #expect(try await pool.count("dropped") == 0)
      _ = try await pool.write("drop table dropped")
    }
  }
}
