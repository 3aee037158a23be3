import FunctionKit
import PlatformTesting
import Postgres
import Runtime
import Testing

private struct Read: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    try await context.db.run("select pg_sleep(300)")
    return input
  }
}

private let gate = Gate()

private struct Pay: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into note values (\(input.id))")
    await gate.pass()
    try await context.db.run("update note set id = id || '!'")
    return input.id
  }
}

private let till = BundleSource(
  "till",
  """
  endpoints:
    Read: { route: GET /read, access: public, timeout: 5m }
    Pay:  { route: POST /pay, access: public, timeout: 1m }
  """, [.endpoint(Read.self), .endpoint(Pay.self)])

@Suite struct `A client that goes` {
  @Test func `takes its read with it, down to the statement in the database`() async throws {
    try await withPlatform([till], tillSetting) { platform in
      let pending = try await platform.begin("GET", "/read")
      try await platform.until { try await sleepers(platform) == 1 }
      pending.leave()
      try await platform.until { platform.services.inFlight.count == 0 }
      try await platform.until { try await sleepers(platform) == 0 }
      #expect(platform.logLines().contains { $0.contains("499 client_gone") })
    }
  }

  @Test func `leaves what it has set going to come to its end`() async throws {
    try await withPlatform([till], tillSetting) { platform in
      let pending = try await platform.begin("POST", "/pay", body: #"{"id":"a"}"#)
      try await platform.until { gate.waitingCount == 1 }
      pending.leave()
      _ = try await platform.get("/health")
      gate.open()
      try await platform.until { platform.services.inFlight.count == 0 }
      #expect(try await platform.one("select id from note", as: String.self) == "a!")
      #expect(platform.logLines().contains { $0.contains(#""message":"200""#) })
    }
  }

  private func sleepers(_ platform: Platform) async throws -> Int {
    try await platform.one(
      """
      select count(*) from pg_stat_activity
      where datname = current_database() and query = 'select pg_sleep(300)' and state = 'active'
      """)
  }
}
