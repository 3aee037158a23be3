import FunctionKit
import PlatformTesting
import Runtime
import Testing

/// Charges, then takes its time; so that a repeat is the same request, the test decides how much of it.
private struct Slow: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    try await context.db.run("insert into charge (amount) values (1)")
    try await context.db.run("select pg_sleep(seconds) from pace")
    return input
  }
}

private struct SlowByItself: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    try await context.transaction { transaction in
      try await transaction.db.run("insert into charge (amount) values (1)")
      try await transaction.db.run("select pg_sleep(seconds) from pace")
    }
    return input
  }
}

private let till = BundleSource(
  "till",
  """
  endpoints:
    Slow:         { route: POST /slow, access: public, timeout: 500ms, idempotency: required }
    SlowByItself: { route: POST /slow-by-itself, access: public, timeout: 500ms, idempotency: required, transaction: none }
  """, [.endpoint(Slow.self), .endpoint(SlowByItself.self)])

@Suite struct `An idempotency key at the deadline` {
  @Test(arguments: ["/slow", "/slow-by-itself"])
  func `is free again for the repeat, and the first attempt has left nothing`(path: String) async throws {
    var setting = tillSetting
    setting.schema += "create table pace as select 60::float8 as seconds;"
    try await withPlatform([till], setting) { platform in
      let key = [("idempotency-key", "k")]
      #expect(try await platform.post(path, key).status == 504)
      try await platform.write("update pace set seconds = 0")
      // The key may still be held until the server has heard of the cancellation, and its lease has run out.
      try await platform.until { try await platform.post(path, key).status == 200 }
      #expect(try await platform.count("charge") == 1)
      #expect(try await platform.post(path, key)["idempotency-replayed"] == "true")
    }
  }
}
