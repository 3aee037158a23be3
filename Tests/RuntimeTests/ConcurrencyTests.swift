import FunctionKit
import PlatformTesting
import Postgres
import Runtime
import Testing

/// Waits for a lock that the test holds, inside a transaction.
private struct Stuck: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into note values (\(input.id))")
    try await context.db.run("select pg_advisory_xact_lock_shared(1)")
    return input.id
  }
}

/// The same, reading.
private struct StuckReading: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    try await context.db.run("select pg_advisory_lock_shared(1), pg_advisory_unlock_shared(1)")
    return input
  }
}

private struct Count: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Int {
    try await context.db.one("select count(*) from note")
  }
}

private let till = BundleSource(
  "till",
  """
  endpoints:
    Stuck:        { route: POST /stuck, access: public, timeout: 60s, concurrency: { limit: 2, queue: 10 } }
    StuckReading: { route: GET /stuck, access: public, timeout: 60s, concurrency: { limit: 2, queue: 10 } }
    Save:         { route: POST /save, access: public, timeout: 30s }
    Count:        { route: GET /count, access: public, timeout: 30s }
  """, [.endpoint(Stuck.self), .endpoint(StuckReading.self), .endpoint(Save.self), .endpoint(Count.self)])

@Suite struct `A function that is stuck` {
  @Test func `keeps no more connections than its limit, and its neighbours answer`() async throws {
    var setting = tillSetting
    setting.pool.writers = 4
    setting.pool.lockTimeout = .seconds(60)
    try await withPlatform([till], setting) { platform in
      let holder = try await platform.pool.begin(timeout: .seconds(60))
      _ = try await holder.run("select pg_advisory_xact_lock(1)")
      var stuck: [Pending] = []
      for number in 0..<6 { stuck.append(try await platform.begin("POST", "/stuck", body: #"{"id":"s\#(number)"}"#)) }
      try await platform.until { try await waitingForLock(platform) == 2 }
      let replies = try await withThrowingTaskGroup(of: Answer.self) { group in
        for number in 0..<20 { group.addTask { try await platform.post("/save", [], #"{"id":"n\#(number)"}"#) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(replies.allSatisfy { $0.status == 200 })
      #expect(try await waitingForLock(platform) == 2)
      #expect(platform.services.inFlight.count == 6)
      await holder.rollback()
      for pending in stuck { #expect(try await pending.answer().status == 200) }
      #expect(try await platform.count("note") == 26)
    }
  }

  @Test func `keeps the reads of its neighbours waiting no longer than it takes to see it`() async throws {
    var setting = tillSetting
    setting.pool.lockTimeout = .seconds(60)
    try await withPlatform([till], setting) { platform in
      let holder = try await platform.pool.begin(timeout: .seconds(60))
      _ = try await holder.run("select pg_advisory_xact_lock(1)")
      var stuck: [Pending] = []
      for _ in 0..<2 { stuck.append(try await platform.begin("GET", "/stuck")) }
      for _ in 0..<20 { #expect(try await platform.get("/count").status == 200) }
      #expect(platform.services.inFlight.count == 2)
      await holder.rollback()
      for pending in stuck { #expect(try await pending.answer().status == 200) }
    }
  }

  private func waitingForLock(_ platform: Platform) async throws -> Int {
    try await platform.one(
      """
      select count(*) from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())
      """)
  }
}
