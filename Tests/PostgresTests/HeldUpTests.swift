import EventLoop
import FunctionKit
import Postgres
import PostgresTesting
import Testing

@Suite struct `Reads that share a connection with a slow one` {
  private var options: PoolOptions {
    var options = PoolOptions()
    options.readers = 1
    return options
  }

  @Test func `are answered elsewhere, whether they came before it was known to be slow or after`() async throws {
    try await withPool("held_up", options: options) { pool in
      _ = try await pool.one("select 0", as: Int.self)
      let slow = Task(executorPreference: pool.loop) {
        try await pool.read("select pg_sleep(300)", timeout: .seconds(600))
      }
      let before = (0..<10).map { number in
        Task(executorPreference: pool.loop) { try await pool.one("select \(number)::int8", as: Int.self) }
      }
      for (number, read) in before.enumerated() { #expect(try await read.value == number) }
      for number in 0..<10 { #expect(try await pool.one("select \(number)::int8") == number) }
      #expect(pool.counters.busy >= 1)
      slow.cancel()
      await #expect(throws: CancellationError.self) { try await slow.value }
    }
  }

  @Test func `stay within the number of readers that there may be`() async throws {
    var options = options
    options.maxReaders = 3
    try await withPool("held_up_3", options: options) { [options] pool in
      let slow = (0..<10).map { _ in
        Task(executorPreference: pool.loop) { try await pool.read("select pg_sleep(0.3)", timeout: .seconds(60)) }
      }
      for read in slow { _ = try await read.value }
      #expect(pool.counters.open <= options.maxReaders)
    }
  }

  @Test func `are not hurt when it is cancelled, and the server stops it`() async throws {
    var options = options
    options.maxReaders = 1
    try await withPool("held_up_1", options: options) { pool in
      let session = try await pool.one("select pg_backend_pid()::int8", as: Int.self)
      let slow = Task(executorPreference: pool.loop) {
        try await pool.read("select pg_sleep(300)", timeout: .seconds(600))
      }
      let behind = (0..<10).map { number in
        Task(executorPreference: pool.loop) { try await pool.one("select \(number)::int8", as: Int.self) }
      }
      try await eventually(pool.loop) { pool.counters.busy == 1 }
      slow.cancel()
      await #expect(throws: CancellationError.self) { try await slow.value }
      for (number, read) in behind.enumerated() { #expect(try await read.value == number) }
      #expect(try await pool.one("select pg_backend_pid()::int8") == session)
    }
  }
}
