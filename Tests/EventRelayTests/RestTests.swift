import EventLoop
import FunctionKit
import RelayTesting
import Testing

/// What PostgreSQL has counted in one database.
private struct Counters: Decodable {
  let transactions: Int
  let writes: Int
}

extension Platform {
  private func counters(_ bundle: String) async throws -> Counters {
    try await one(
      bundle,
      """
      select (xact_commit + xact_rollback)::int as transactions,
        (tup_inserted + tup_updated + tup_deleted)::int as writes
      from pg_stat_database where datname = \(databases[bundle])
      """)
  }

  /// Transactions per second and rows written in a bundle's database during three seconds.
  func load(_ bundle: String) async throws -> (perSecond: Double, writes: Int) {
    let (before, start) = (try await counters(bundle), ContinuousClock.now)
    try await loop.sleep(for: .seconds(3))
    let (after, seconds) = (try await counters(bundle), start.duration(to: .now) / .seconds(1))
    return (Double(after.transactions - before.transactions) / seconds, after.writes - before.writes)
  }
}

extension `Event relay` {
  @Suite struct `At rest` {
    @Test func `a host with nothing to do asks little and writes nothing`() async throws {
      try await withThings { platform in
        try await platform.change("lamp")
        try await platform.until("both have run") { try await platform.effects().count == 2 }
        let place: SQL = "select string_agg(concat(xmin, xmax, ctid), ' ') from lakoo.subscription"
        let before: String = try await platform.one("reader", place)
        for bundle in ["writer", "reader"] {
          // PostgreSQL counts up to ten seconds late.
          try await platform.until("\(bundle) is at rest", within: .seconds(30)) {
            let load = try await platform.load(bundle)
            return load.perSecond <= 6 && load.writes == 0
          }
        }
        #expect(try await platform.one("reader", place, as: String.self) == before)
      }
    }

    @Test func `a host asks little while another one runs a handler for long`() async throws {
      try await withThings(hosts: 2) { platform in
        try await platform.order("wait", "lamp")
        try await platform.change("lamp")
        try await platform.until("the other one came") { try await platform.effects("Count").count == 1 }
        try await platform.until("the other host is at rest", within: .seconds(30)) {
          let load = try await platform.load("reader")
          return load.perSecond <= 20
        }
        try await platform.liftOrder("lamp")
        try await platform.untilIdle()
      }
    }
  }
}
