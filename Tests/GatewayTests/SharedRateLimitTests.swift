import EventLoop
import FunctionKit
import Gateway
import LoopTesting
import PlatformTesting
import RateLimits
import Runtime
import Testing

private struct Knock: Visit {}
private struct Ring: Visit {}
private struct Both: Visit {}

private let porch = BundleSource(
  "porch",
  """
  endpoints:
    Knock: { route: GET /knock, access: public, rateLimit: { by: address, requests: 60, per: 1h, burst: 3 } }
    Ring:  { route: GET /ring, access: public, rateLimit: { by: user, requests: 60, per: 1h, burst: 2 } }
    Both:  { route: GET /both, access: public, rateLimit: [door, { by: route, requests: 5, per: 1h }] }
  """,
  [.endpoint(Knock.self), .endpoint(Ring.self), .endpoint(Both.self)], hasDatabase: false)

/// A host with a table of its own, which counts in the Redis together with the others.
private func withHost(
  _ server: RedisServer, _ body: @escaping @Sendable (Platform) async throws -> Void
) async throws {
  var setting = Setting()
  setting.host = """
    trustedProxies: [127.0.0.1]
    rateLimits: { door: { by: address, requests: 2, per: 1h }, gateway: [{ by: address, requests: 100, per: 1h }] }
    """
  setting.redis = try RedisAddress(server.url())
  try await withPlatform([porch], setting) { platform in
    try await platform.becomesShared(true)
    try await body(platform)
  }
}

extension Platform {
  fileprivate func becomesShared(_ expected: Bool) async throws {
    for _ in 0..<1000 where sharedRates?.isReady != expected { try await loop.sleep(for: .milliseconds(10)) }
    #expect(sharedRates?.isReady == expected)
  }
}

private func from(_ address: String) -> [(String, String)] { [("x-forwarded-for", address)] }

@Suite(.serialized) struct `Rate limits of several hosts` {
  @Test func `let in what one host would, with the same answers`() async throws {
    let server = try RedisServer()
    try await withHost(server) { platform async throws in
      for left in ["2", "1"] {
        let answer = try await platform.get("/knock", to: .gateway)
        #expect(answer.status == 200 && answer["ratelimit-limit"] == "60" && answer["ratelimit-remaining"] == left)
      }
      #expect(platform.sharedRates?.unanswered == 0)
    }
    try await withHost(server) { platform async throws in
      let last = try await platform.get("/knock", to: .gateway)
      #expect(last.status == 200 && last["ratelimit-limit"] == "60" && last["ratelimit-remaining"] == "0")
      let refused = try await platform.get("/knock", to: .gateway)
      #expect(refused.status == 429 && refused.code == "rate_limited" && refused["ratelimit-remaining"] == "0")
      #expect((1...60).contains(try #require(refused["retry-after"].flatMap { Int($0) })))
      #expect(refused["x-request-id"] != nil && refused["content-type"] == "application/problem+json")
      #expect(try await platform.get("/knock", to: .gateway, from("203.0.113.7")).status == 200)
    }
    try await withHost(server) { platform async throws in
      let refused = try await platform.get("/knock", to: .gateway)
      #expect(refused.status == 429 && refused.code == "rate_limited" && refused["ratelimit-remaining"] == "0")
      #expect((1...60).contains(try #require(refused["retry-after"].flatMap { Int($0) })))
      platform.clock.advance(by: .hours(1))
      #expect(try await platform.get("/knock", to: .gateway)["ratelimit-remaining"] == "2")
    }
  }

  @Test func `hold for users and routes too, and all of one request at once`() async throws {
    let server = try RedisServer()
    try await withHost(server) { platform async throws in
      #expect(try await platform.get("/ring", to: .service("porch"), Keys.asUser()).status == 200)
      #expect(try await platform.get("/both", to: .gateway, from("203.0.113.1"))["ratelimit-remaining"] == "1")
    }
    try await withHost(server) { platform async throws in
      for status in [200, 429] {
        #expect(try await platform.get("/ring", to: .service("porch"), Keys.asUser()).status == status)
      }
      #expect(try await platform.get("/ring", to: .service("porch"), Keys.asUser(Keys.otherUser)).status == 200)
      for (address, status) in [("1", 200), ("1", 429), ("2", 200), ("2", 200), ("3", 200), ("3", 429)] {
        #expect(try await platform.get("/both", to: .gateway, from("203.0.113.\(address)")).status == status)
      }
    }
  }

  @Test func `hold at the host alone while Redis is away, from what was counted last`() async throws {
    let server = try RedisServer()
    try await withHost(server) { platform async throws in
      #expect(try await platform.get("/knock", to: .gateway).status == 200)
    }
    try await withHost(server) { platform async throws in
      #expect(try await platform.get("/knock", to: .gateway)["ratelimit-remaining"] == "1")
      server.kill()
      try await platform.becomesShared(false)
      #expect(try await platform.get("/knock", to: .gateway)["ratelimit-remaining"] == "0")
      #expect(try await platform.get("/knock", to: .gateway).status == 429)
      #expect(platform.sharedRates?.unanswered == 1)
    }
  }
}
