import FunctionKit
import PlatformTesting
import Runtime
import Testing

/// Charges, then holds its first two invocations up, each at a gate of its own, and lets later ones pass.
private struct Contest: Sendable {
  let gates = [Gate(), Gate()]
  private let arrivals = Seen()

  func enter() async -> Int {
    arrivals.add("")
    let number = arrivals.value.count - 1
    if number < gates.count { await gates[number].pass() }
    return number
  }
}

private let contests = [Contest(), Contest()]

private struct Slow: Endpoint {
  func handle(_ input: ChargeInput, context: Context) async throws -> Int {
    let number = await contests[0].enter()
    try await context.transaction { _ = try await charge(input, $0.db) }
    return number
  }
}

/// Fails the first time.
private struct SlowAndBroken: Endpoint {
  func handle(_ input: ChargeInput, context: Context) async throws -> Int {
    let number = await contests[1].enter()
    guard number > 0 else { throw Mishap() }
    try await context.transaction { _ = try await charge(input, $0.db) }
    return number
  }
}

private let till = BundleSource(
  "till",
  """
  endpoints:
    Slow:          { route: POST /slow, access: public, idempotency: required, timeout: 60s, transaction: none }
    SlowAndBroken: { route: POST /broken, access: public, idempotency: required, timeout: 60s, transaction: none }
  """, [.endpoint(Slow.self), .endpoint(SlowAndBroken.self)])

@Suite struct `The lease of an idempotency key` {
  @Test func `stays when the answer can't be stored, so that a repeat does not act again`() async throws {
    var setting = tillSetting
    setting.schema += """
      create function refuse() returns trigger language plpgsql as $$ begin raise 'the disk is full'; end $$;
      create trigger refuse before update on lakoo.idempotency for each row execute function refuse();
      """
    try await withPlatform([chargeTill], setting) { platform in
      let reply = try await platform.post("/charge-by-itself", key("k"), #"{"amount":5}"#)
      #expect(reply.status == 201)
      #expect(platform.logLines().contains { $0.contains("could not be stored") && $0.contains("the disk is full") })
      let early = try await platform.post("/charge-by-itself", key("k"), #"{"amount":5}"#)
      #expect(early.code == "idempotency_in_progress")
      #expect(try await platform.count("charge") == 1)
    }
  }

  @Test func `that has run out lets its holder store nothing over the answer of the next`() async throws {
    try await withPlatform([till], tillSetting) { platform in
      async let first = post("/slow", platform)
      try await platform.loseLease(contests[0].gates[0])
      async let second = post("/slow", platform)
      try await platform.until { contests[0].gates[1].waitingCount == 1 }
      contests[0].gates[1].open()
      #expect(try await second.data?.int == 1)
      contests[0].gates[0].open()
      #expect(try await first.data?.int == 0)
      #expect(platform.logLines().contains { $0.contains("another request has taken its Idempotency-Key") })
      let late = try await post("/slow", platform)
      #expect(late["idempotency-replayed"] == "true")
      #expect(late.data?.int == 1)
    }
  }

  @Test func `that has run out lets its holder free no key that the next works under`() async throws {
    try await withPlatform([till], tillSetting) { platform in
      async let first = post("/broken", platform)
      try await platform.loseLease(contests[1].gates[0])
      async let second = post("/broken", platform)
      try await platform.until { contests[1].gates[1].waitingCount == 1 }
      contests[1].gates[0].open()
      #expect(try await first.status == 500)
      #expect(try await post("/broken", platform).code == "idempotency_in_progress")
      contests[1].gates[1].open()
      #expect(try await second.data?.int == 1)
      #expect(try await platform.count("charge") == 1)
    }
  }

  private func post(_ path: String, _ platform: Platform) async throws -> Answer {
    try await platform.post(path, [("idempotency-key", "k")], #"{"amount":5}"#)
  }
}

extension Platform {
  /// Ends the lease of the invocation that waits at the gate.
  fileprivate func loseLease(_ gate: Gate) async throws {
    try await until { gate.waitingCount == 1 }
    try await write("update lakoo.idempotency set lease_until = clock_timestamp() - interval '1 second'")
  }
}
