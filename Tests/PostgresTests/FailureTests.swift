import EventLoop
import FunctionKit
import Postgres
import PostgresTesting
import Testing

@Suite struct `Limits` {
  @Test func `a statement ends at its timeout and its connection serves on`() async throws {
    try await withPool { pool in
      let start = ContinuousClock.now
      #expect(await sqlState { _ = try await pool.read("select pg_sleep(10)", timeout: .milliseconds(300)) } == "57014")
      #expect(start.duration(to: .now) < .seconds(2))
      try await eventually(pool.loop) { pool.counters.busy == 0 }
      #expect(try await pool.one("select 1") == 1)
    }
  }

  @Test func `a read behind a slow one ends at its own timeout`() async throws {
    var options = PoolOptions()
    options.readers = 1
    options.maxReaders = 1
    try await withPool(options: options) { pool in
      async let slow = pool.read("select pg_sleep(3)", timeout: .seconds(20))
      try await pool.loop.sleep(for: .milliseconds(300))
      let start = ContinuousClock.now
      #expect(await sqlState { _ = try await pool.read("select 1", timeout: .milliseconds(200)) } == "57014")
      #expect(start.duration(to: .now) < .seconds(2))
      _ = try await slow
      #expect(try await pool.one("select 2") == 2)
    }
  }

  @Test func `a transaction ends at its deadline whatever it runs`() async throws {
    try await withPool { pool in
      let transaction = try await pool.begin(timeout: .milliseconds(300))
      #expect(await sqlState { _ = try await transaction.run("select pg_sleep(10)") } == "57014")
      await transaction.rollback()
      #expect(pool.counters.busy == 0)
    }
  }

  @Test func `sessions are told the timeout only when it changes`() async throws {
    try await withPool { pool in
      let shown = try await pool.read("show statement_timeout", timeout: .seconds(5)).rows.first
      #expect(try shown?.decode(String.self) == "5s")
      let row = try await pool.read("show statement_timeout", timeout: .seconds(25)).rows.first
      #expect(try row?.decode(String.self) == "30s")
    }
  }

  @Test func `a cancelled read lets go at once and the next answers are not mixed up`() async throws {
    var options = PoolOptions()
    options.readers = 1
    try await withPool(options: options) { pool in
      let read = Task(executorPreference: pool.loop) { try await pool.read("select 1, pg_sleep(2)") }
      try await pool.loop.sleep(for: .milliseconds(100))
      let start = ContinuousClock.now
      read.cancel()
      await #expect(throws: CancellationError.self) { try await read.value }
      #expect(start.duration(to: .now) < .milliseconds(1500))
      #expect(try await pool.one("select 2") == 2)
    }
  }

  @Test func `a cancelled transaction stops in the server and frees its connection`() async throws {
    try await withPool("cancelling") { pool in
      let work = Task(executorPreference: pool.loop) {
        let transaction = try await pool.begin(timeout: .seconds(30))
        _ = try await transaction.run("select pg_sleep(20)")
      }
      try await pool.loop.sleep(for: .milliseconds(200))
      work.cancel()
      await #expect(throws: CancellationError.self) { try await work.value }
      try await eventually(pool.loop) { pool.counters.busy == 0 }
      try await eventually(pool.loop) {
        try await pool.one(
          "select count(*) = 0 from pg_stat_activity where datname = current_database() and query like '%pg_sleep(20)'")
      }
    }
  }

  @Test func `callers queue for writers in order, then are refused`() async throws {
    var options = PoolOptions()
    (options.writers, options.maxWaiting, options.waitTimeout) = (1, 1, .milliseconds(400))
    try await withPool(options: options) { pool in
      let first = try await pool.begin()
      let second = Task(executorPreference: pool.loop) { try await pool.begin() }
      try await eventually(pool.loop) { pool.counters.waiting == 1 }
      #expect(await sqlState { _ = try await pool.begin() } == "53300")
      await first.rollback()
      let transaction = try await second.value
      let start = ContinuousClock.now
      #expect(await sqlState { _ = try await pool.begin() } == "53300")
      #expect(start.duration(to: .now) > .milliseconds(300))
      await transaction.rollback()
      #expect(pool.counters.busy == 0)
    }
  }

  @Test func `a caller that is cancelled while it queues leaves the line`() async throws {
    var options = PoolOptions()
    options.writers = 1
    try await withPool(options: options) { pool in
      let first = try await pool.begin()
      let second = Task(executorPreference: pool.loop) { try await pool.begin() }
      try await eventually(pool.loop) { pool.counters.waiting == 1 }
      second.cancel()
      await #expect(throws: CancellationError.self) { try await second.value }
      #expect(pool.counters.waiting == 0)
      await first.rollback()
      let third = try await pool.begin()
      await third.rollback()
    }
  }

  @Test func `writers that rest are closed`() async throws {
    var options = PoolOptions()
    options.idleTimeout = .milliseconds(100)
    try await withPool(options: options) { pool in
      _ = try await pool.write("select 1")
      #expect(pool.counters.open == 1)
      try await eventually(pool.loop) { pool.counters.open == 0 }
    }
  }

  @Test func `a closed pool refuses`() async throws {
    try await withPool { pool in
      await pool.close()
      #expect(await sqlState { _ = try await pool.read("select 1") } == "08003")
      #expect(await sqlState { _ = try await pool.begin() } == "08003")
    }
  }
}
