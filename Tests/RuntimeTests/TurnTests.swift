import FunctionKit
import PlatformTesting
import Runtime
import Testing

/// What one test's functions have served, and what holds them up.
private final class Counter: Sendable {
  let gate = Gate()
  let seen = Seen()
  var served: [String] { seen.value }
}

private let counters = [0, 1, 2, 3].map { _ in Counter() }

private struct Serve: Endpoint {
  struct Input: Decodable {
    var id: String
    var counter: Int
  }

  func handle(_ input: Input, context: Context) async throws -> String {
    counters[input.counter].seen.add(input.id)
    await counters[input.counter].gate.pass()
    return input.id
  }
}

private func till(queue: Int, timeout: String = "60s") -> BundleSource {
  BundleSource(
    "till",
    """
    endpoints:
      Serve: { route: POST /serve, access: public, timeout: \(timeout), concurrency: { limit: 1, queue: \(queue) } }
    """, [.endpoint(Serve.self)], hasDatabase: false)
}

private func body(_ id: String, _ counter: Int) -> String { #"{"id":"\#(id)","counter":\#(counter)}"# }

@Suite struct `Waiting for a place` {
  @Test func `goes by arrival, and who finds the line full is told when to come again`() async throws {
    try await withPlatform([till(queue: 2)]) { platform in
      var waiting: [Pending] = []
      for id in ["a", "b", "c"] { waiting.append(try await platform.begin("POST", "/serve", body: body(id, 0))) }
      let refused = try await platform.post("/serve", [], body("d", 0))
      #expect(refused.status == 503)
      #expect(refused.code == "overloaded")
      #expect(refused["retry-after"].flatMap { Int($0) }.map { $0 >= 1 } == true)
      #expect(counters[0].served == ["a"])
      counters[0].gate.open()
      for pending in waiting { #expect(try await pending.answer().status == 200) }
      #expect(counters[0].served == ["a", "b", "c"])
      #expect(platform.logLines().contains { $0.contains("503 overloaded") })
      #expect(try await platform.post("/serve", [], body("e", 0)).status == 200)
    }
  }

  @Test func `counts towards the timeout, and ends with it`() async throws {
    try await withPlatform([till(queue: 2, timeout: "1s")]) { platform in
      let running = try await platform.begin("POST", "/serve", body: body("a", 1))
      let waiting = try await platform.begin("POST", "/serve", body: body("b", 1))
      for pending in [running, waiting] {
        let reply = try await pending.answer()
        #expect(reply.status == 504)
        #expect(reply.code == "function_timeout")
      }
      // The first does not listen to its cancellation, so it has its place still.
      #expect(platform.services.inFlight.count == 1)
      counters[1].gate.open()
      try await platform.until { platform.services.inFlight.count == 0 }
      #expect(try await platform.post("/serve", [], body("c", 1)).status == 200)
      #expect(counters[1].served == ["a", "c"])
    }
  }

  @Test func `ends when the client goes, and its place in the line is free again`() async throws {
    try await withPlatform([till(queue: 1)]) { platform in
      let running = try await platform.begin("POST", "/serve", body: body("a", 2))
      let gone = try await platform.begin("POST", "/serve", body: body("b", 2))
      gone.leave()
      try await platform.until { platform.services.inFlight.count == 1 }
      let next = try await platform.begin("POST", "/serve", body: body("c", 2))
      counters[2].gate.open()
      for pending in [running, next] { #expect(try await pending.answer().status == 200) }
      #expect(counters[2].served == ["a", "c"])
      #expect(platform.logLines().contains { $0.contains("499 client_gone") })
    }
  }

  @Test func `ends with an answer for a client that has only stopped sending`() async throws {
    try await withPlatform([till(queue: 1)]) { platform in
      let running = try await platform.begin("POST", "/serve", body: body("a", 3))
      let waiting = try await platform.begin("POST", "/serve", body: body("b", 3))
      for pending in [running, waiting] { pending.endSending() }
      #expect(try await waiting.answer().code == "client_gone")
      counters[3].gate.open()
      #expect(try await running.answer().status == 200)
    }
  }
}
