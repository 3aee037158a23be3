import FunctionKit
import PlatformTesting
import Postgres
import Runtime
import Testing

private struct Refuse: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    throw Problem(
      402, "card_declined", "The card was declined.",
      details: [FieldError(field: "card", message: "is empty", code: "empty")])
  }
}

private struct Break: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing { throw Mishap() }
}

private struct Look: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Int { try await context.db.one("select 1") }
}

private let gate = Gate()

/// Keeps a connection until the test has seen enough.
private struct Hold: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Int {
    let value = try await context.db.one("select 1", as: Int.self)
    await gate.pass()
    return value
  }
}

private let till = BundleSource(
  "till",
  """
  endpoints:
    Refuse: { route: POST /refuse, access: public }
    Break:  { route: POST /break, access: public }
    Look:   { route: GET /look, access: public }
    Hold:   { route: POST /hold, access: public }
  """, [.endpoint(Refuse.self), .endpoint(Break.self), .endpoint(Look.self), .endpoint(Hold.self)])

@Suite struct `A function's errors` {
  @Test func `a problem is the answer as it is`() async throws {
    try await withPlatform([till]) { platform in
      let reply = try await platform.post("/refuse")
      #expect(reply.status == 402)
      #expect(
        reply.text
          == #"{"type":"about:blank","title":"Request Refused","status":402,"detail":"The card was declined.","#
          + #""instance":"/refuse","code":"card_declined","success":false,"error":"The card was declined.","#
          + #""details":[{"field":"card","message":"is empty","code":"empty"}]}"#)
      #expect(try platform.logEntries(of: "Refuse").first?["error"] == nil)
    }
  }

  @Test func `any other error is opaque, and its cause stands in the log under the request's id`() async throws {
    try await withPlatform([till]) { platform in
      let reply = try await platform.post("/break", [("x-request-id", "r-7")])
      #expect(reply.status == 500)
      #expect(reply.code == "internal_error")
      #expect(reply.text.contains("r-7"))
      #expect(!reply.text.contains("fire"))
      let entry = try #require(try platform.logEntries(of: "Break").first)
      #expect(entry["request"]?.string == "r-7")
      #expect(entry["error"]?.string == "the till is on fire")
      #expect(entry["level"]?.string == "error")
    }
  }

  @Test(arguments: [
    ("a\0b\0", "ab"), ("abcdef", "abcd"), ("\0\0abcde", "abcd"),
    ("e\u{301}\u{302}\u{303}\u{304}", "e\u{301}\u{302}\u{303}"),
  ])
  func `what is stored of a text has no zero byte and a limit`(text: String, stored: String) {
    #expect(Failure.storable(text, limit: 4) == stored)
  }

  @Test func `a database that can't be reached is a 503 to try again`() async throws {
    try await withPlatform([till]) { platform in
      await platform.bundle.pool?.close()
      let reply = try await platform.get("/look")
      #expect(reply.status == 503)
      #expect(reply.code == "database_unavailable")
      #expect(reply["retry-after"] == "1")
    }
  }

  @Test func `a pool that is used up is a 503 to try again, and works on when there is room`() async throws {
    var setting = Setting()
    setting.pool.writers = 1
    setting.pool.maxWaiting = 1
    // Long enough for a busy machine to open the one connection.
    setting.pool.waitTimeout = .seconds(3)
    try await withPlatform([till], setting) { platform in
      async let held = platform.post("/hold")
      try await platform.until { gate.waitingCount == 1 }
      let reply = try await platform.post("/hold")
      #expect(reply.status == 503)
      #expect(reply.code == "overloaded")
      #expect(reply["retry-after"] == "1")
      gate.open()
      #expect(try await held.status == 200)
      #expect(try await platform.post("/hold").status == 200)
    }
  }
}
