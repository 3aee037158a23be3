import FaultTesting
import Foundation
import LoopTesting
import Testing

/// Limits of rates that two hosts share.
@Suite(.serialized) struct `Limits of two hosts` {
  private static let route = "GET /provinces,                access: public"

  private func host(_ root: String, _ server: RedisServer) throws -> RunningHost {
    let host = try RunningHost(
      root: root, environment: ["LAKOO_WORKERS": "2", "LAKOO_REDIS_URL": server.url()])
    try host.start()
    return host
  }

  private func statuses(_ host: RunningHost, _ requests: Int) throws -> [Int] {
    try (0..<requests).map { _ in try HTTP.get(host.port(.gateway), "/provinces").status }
  }

  private func fallbacks(_ host: RunningHost) throws -> Double? {
    let reply = try HTTP.get(host.port(.admin), "/metrics", headers: HTTP.admin)
    return try Exposition(reply.text).value("lakoo_rate_limit_fallbacks_total", [:])
  }

  @Test func `are one limit, and each host's own while Redis is away`() throws {
    let copy = try ProjectCopy()
    try copy.replace(
      Self.route, with: "\(Self.route), rateLimit: { by: address, requests: 20, per: 1h }", in: "manifests/address.yaml"
    )
    let server = try RedisServer(password: "geheim-geheim")
    let (one, other) = (try host(copy.root, server), try host(copy.root, server))
    defer {
      one.cleanUp()
      other.cleanUp()
    }
    #expect(try statuses(one, 12) == Array(repeating: 200, count: 12))
    #expect(try statuses(other, 10) == Array(repeating: 200, count: 8) + [429, 429])
    #expect(try statuses(one, 1) == [429])
    #expect(try fallbacks(one) == 0)
    server.kill()
    try waitUntil("the log says that Redis is away", seconds: 20) {
      one.output.contains("rate limits are not shared, each host counts for itself")
    }
    #expect(try statuses(one, 2) == [429, 429])
    #expect(try HTTP.get(one.port(.gateway), "/health").status == 200)
    #expect(!one.output.contains("geheim-geheim"))
  }

  @Test(arguments: ["rediss://:geheim@localhost", "localhost:6379"])
  func `are refused where they can't be shared`(url: String) throws {
    let host = try RunningHost(environment: ["LAKOO_REDIS_URL": url])
    defer { host.cleanUp() }
    let outcome = try host.run(["check"], ["LAKOO_REDIS_URL": url])
    #expect(outcome.status == 2 && outcome.output.contains("LAKOO_REDIS_URL is ") && !outcome.output.contains("geheim"))
  }
}
