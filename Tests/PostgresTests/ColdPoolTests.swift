import EventLoop
import FunctionKit
import Postgres
import PostgresTesting
import Testing

@Suite struct `A cold pool` {
  @Test func `transactions that begin together each get a connection`() async throws {
    try await withPool { pool in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask {
            let transaction = try await pool.begin(timeout: .seconds(20))
            _ = try await transaction.run("select pg_sleep(0.2)")
            await transaction.rollback()
          }
        }
        try await group.waitForAll()
      }
      #expect(pool.counters.open >= 4)
    }
  }
}
