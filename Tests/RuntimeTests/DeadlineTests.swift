import FunctionKit
import PlatformTesting
import Postgres
import Runtime
import Testing

private struct Sleep: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into note values (\(input.id))")
    try await context.db.run("select pg_sleep(60)")
    return input.id
  }
}

private struct Read: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    try await context.db.run("select pg_sleep(60)")
    return input
  }
}

private let autoGate = Gate()
private let ownGate = Gate()

/// Goes on as if it had never been cancelled.
private struct Ignore: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into note values (\(input.id))")
    await autoGate.pass()
    return input.id
  }
}

private struct IgnoreByItself: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.transaction { transaction in
      try await transaction.db.run("insert into note values (\(input.id))")
      await ownGate.pass()
    }
    return input.id
  }
}

private let till = BundleSource(
  "till",
  """
  endpoints:
    Sleep:          { route: POST /sleep, access: public, timeout: 300ms }
    Read:           { route: GET /read, access: public, timeout: 300ms }
    Ignore:         { route: POST /ignore, access: public, timeout: 300ms }
    IgnoreByItself: { route: POST /ignore-by-itself, access: public, timeout: 300ms, transaction: none }
  """, [.endpoint(Sleep.self), .endpoint(Read.self), .endpoint(Ignore.self), .endpoint(IgnoreByItself.self)])

@Suite struct `The deadline` {
  @Test(arguments: ["POST /sleep", "GET /read"])
  func `cuts a statement off on the server, and the pool works on`(route: String) async throws {
    try await withPlatform([till], tillSetting) { platform in
      let parts = route.split(separator: " ").map(String.init)
      let start = ContinuousClock.now
      let reply = try await platform.send(parts[0], parts[1], body: parts[0] == "POST" ? #"{"id":"a"}"# : nil)
      let took = start.duration(to: .now)
      #expect(took >= .milliseconds(299) && took < .seconds(3))
      #expect(reply.status == 504)
      #expect(reply.code == "function_timeout")
      #expect(reply.json["instance"]?.string == parts[1])
      try await platform.until { platform.services.inFlight.count == 0 }
      try await platform.until { try await sleepers(platform) == 0 }
      #expect(try await platform.count("note") == 0)
      try await platform.write("insert into note values ('after')")
      #expect(try platform.pool.counters.busy == 0)
    }
  }

  @Test(arguments: [("/ignore", autoGate), ("/ignore-by-itself", ownGate)])
  func `is told even when the function does not listen, and what that does is not committed`(
    path: String, gate: Gate
  ) async throws {
    try await withPlatform([till], tillSetting) { platform in
      let reply = try await platform.post(path, [], #"{"id":"a"}"#)
      #expect(reply.status == 504)
      #expect(platform.services.inFlight.count == 1)
      gate.open()
      try await platform.until { platform.services.inFlight.count == 0 }
      #expect(try await platform.count("note") == 0)
      #expect(try platform.pool.counters.busy == 0)
      let lines = platform.logLines()
      #expect(lines.count == 1)
      #expect(lines.first?.contains(#""message":"504 function_timeout""#) == true)
    }
  }

  private func sleepers(_ platform: Platform) async throws -> Int {
    try await platform.one(
      """
      select count(*) from pg_stat_activity
      where datname = current_database() and query like '%pg_sleep%' and state = 'active' and pid <> pg_backend_pid()
      """)
  }
}
