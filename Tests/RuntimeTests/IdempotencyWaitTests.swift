import FunctionKit
import PlatformTesting
import Runtime
import Testing

private let gates = [Gate(), Gate()]

private struct Hold: Endpoint {
  func handle(_ input: ChargeInput, context: Context) async throws -> Int {
    let id = try await charge(input, context.db)
    await gates[0].pass()
    return id
  }
}

private struct HoldByItself: Endpoint {
  func handle(_ input: ChargeInput, context: Context) async throws -> Int {
    await gates[1].pass()
    return try await context.transaction { try await charge(input, $0.db) }
  }
}

private let till = BundleSource(
  "till",
  """
  endpoints:
    Hold:         { route: POST /hold/0, access: internal, idempotency: required, timeout: 60s }
    HoldByItself: { route: POST /hold/1, access: internal, idempotency: required, timeout: 60s, transaction: none }
  """, [.endpoint(Hold.self), .endpoint(HoldByItself.self)])

@Suite struct `An idempotency key whose request still runs` {
  @Test(arguments: [0, 1])
  func `is in progress for its repeats, and then has its answer`(number: Int) async throws {
    try await withPlatform([till], tillSetting) { platform in
      let path = "/hold/\(number)"
      async let first = platform.post(path, key("k"), #"{"amount":5}"#)
      try await platform.until { gates[number].waitingCount == 1 }
      let early = try await platform.post(path, key("k"), #"{"amount":5}"#)
      #expect(early.status == 409)
      #expect(early.code == "idempotency_in_progress")
      gates[number].open()
      let answer = try await first
      #expect(answer.status == 200)
      let late = try await platform.post(path, key("k"), #"{"amount":5}"#)
      #expect(late["idempotency-replayed"] == "true")
      #expect(late.body == answer.body)
      #expect(try await platform.count("charge") == 1)
    }
  }
}
