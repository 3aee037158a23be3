import EventLoop
import FunctionKit
import Gateway
import PlatformTesting
import RateLimits
import Runtime
import Testing

private struct Knock: Visit {}
private struct Ring: Visit {}
private struct Open: Visit {}
private struct Tell: Endpoint {
  func handle(_ input: JSON, context: Context) async throws -> Int { 1 }
}

private let porch = BundleSource(
  "porch",
  """
  endpoints:
    Knock: { route: GET /knock, access: public, rateLimit: { by: address, requests: 60, per: 1h, burst: 3 } }
    Ring:  { route: GET /ring, access: public, rateLimit: { by: user, requests: 60, per: 1h, burst: 2 } }
    Open:  { route: GET /open, access: public, rateLimit: [door, { by: route, requests: 5, per: 1h }] }
    Tell:  { route: POST /tell, access: public, rateLimit: door }
  """,
  [.endpoint(Knock.self), .endpoint(Ring.self), .endpoint(Open.self), .endpoint(Tell.self)], hasDatabase: false)

private func withPorch(
  gateway: String = "[]", _ body: @escaping @Sendable (Platform) async throws -> Void
) async throws {
  var setting = Setting()
  setting.host = """
    trustedProxies: [127.0.0.1]
    rateLimits: { door: { by: address, requests: 2, per: 1h }, gateway: \(gateway) }
    """
  try await withPlatform([porch], setting, body)
}

/// Says that a proxy has been asked by somebody else.
private func from(_ addresses: String...) -> [(String, String)] { addresses.map { ("x-forwarded-for", $0) } }

@Suite struct `Rate limits at the gateway` {
  @Test func `let a burst in and refuse what is more, until its time has come`() async throws {
    try await withPorch { platform async throws in
      for left in ["2", "1", "0"] {
        let answer = try await platform.get("/knock", to: .gateway)
        #expect(answer.status == 200 && answer["ratelimit-limit"] == "60" && answer["ratelimit-remaining"] == left)
      }
      let refused = try await platform.get("/knock", to: .gateway)
      #expect(refused.status == 429 && refused.code == "rate_limited" && refused["retry-after"] == "60")
      #expect(refused["ratelimit-remaining"] == "0" && refused["ratelimit-reset"] == "180")
      #expect(refused["x-request-id"] != nil && refused["content-type"] == "application/problem+json")
      platform.clock.advance(by: .seconds(60))
      #expect(try await platform.get("/knock", to: .gateway).status == 200)
      #expect(try await platform.get("/knock", to: .gateway).status == 429)
      platform.clock.advance(by: .hours(1))
      #expect(try await platform.get("/knock", to: .gateway)["ratelimit-remaining"] == "2")
    }
  }

  @Test func `are for the route that has them, at the public door`() async throws {
    try await withPorch { platform async throws in
      for _ in 0..<3 { #expect(try await platform.get("/knock", to: .gateway).status == 200) }
      #expect(try await platform.get("/open", to: .gateway).status == 200)
      for _ in 0..<5 {
        let answer = try await platform.get("/knock", to: .service("porch"))
        #expect(answer.status == 200 && answer["ratelimit-limit"] == nil)
      }
    }
  }

  @Test func `count every user apart, and strangers by their address`() async throws {
    try await withPorch { platform async throws in
      for user in [Keys.user, Keys.otherUser] {
        for status in [200, 200, 429] {
          #expect(try await platform.get("/ring", to: .service("porch"), Keys.asUser(user)).status == status)
        }
      }
      for _ in 0..<4 {
        let call = Keys.asUser() + Keys.asService
        #expect(try await platform.get("/ring", to: .service("porch"), call).status == 200)
        #expect(try await platform.get("/ring", to: .service("porch")).status == 200)
      }
      for status in [200, 200, 429] { #expect(try await platform.get("/ring", to: .gateway).status == status) }
      #expect(try await platform.get("/ring", to: .gateway, from("203.0.113.7")).status == 200)
    }
  }

  @Test func `of one route are told by the tighter one, and all hold`() async throws {
    try await withPorch { platform async throws in
      let first = try await platform.get("/open", to: .gateway, from("203.0.113.1"))
      #expect(first["ratelimit-limit"] == "2" && first["ratelimit-remaining"] == "1")
      #expect(try await platform.get("/open", to: .gateway, from("203.0.113.1")).status == 200)
      #expect(try await platform.get("/open", to: .gateway, from("203.0.113.1")).status == 429)
      for host in 2...3 {
        let answer = try await platform.get("/open", to: .gateway, from("203.0.113.\(host)"))
        #expect(answer.status == 200)
      }
      let last = try await platform.get("/open", to: .gateway, from("203.0.113.4"))
      #expect(last["ratelimit-limit"] == "5" && last["ratelimit-remaining"] == "0")
      let refused = try await platform.get("/open", to: .gateway, from("203.0.113.5"))
      #expect(refused.status == 429 && refused["retry-after"] == "720")
    }
  }

  @Test func `refuse before a body is read`() async throws {
    try await withPorch { platform async throws in
      for status in [200, 200, 429] { #expect(try await platform.post("/tell", to: .gateway).status == status) }
      let begun = "POST /tell HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"
      #expect(try await platform.send(bytes: Array(begun.utf8), to: .gateway).status == 429)
    }
  }

  private static let addresses: [(name: String, one: [String], other: [String], isSame: Bool)] = [
    ("what a client makes up counts for nothing", ["1.1.1.1, 9.9.9.9"], ["2.2.2.2, 9.9.9.9"], true),
    ("proxies are passed over", ["9.9.9.9, 127.0.0.1"], ["9.9.9.9"], true),
    ("several headers are one list", ["1.1.1.1", "9.9.9.9"], ["9.9.9.9"], true),
    ("an address of IPv6 stands for its network", ["2001:db8:1:2::1"], ["2001:db8:1:2:ffff::9"], true),
    ("another network is another client", ["2001:db8:1:2::1"], ["2001:db8:1:3::1"], false),
    ("IPv4 is the same within IPv6", ["::ffff:9.9.9.9"], ["9.9.9.9"], true),
    ("IPv4 counts whole", ["9.9.9.8"], ["9.9.9.9"], false),
    ("what can't be read ends the list", ["9.9.9.9, unknown"], ["8.8.8.8, _hidden"], true),
  ]

  @Test(arguments: addresses.indices) func `count clients by the address that can be believed`(index: Int) async throws
  {
    let (name, one, other, isSame) = Self.addresses[index]
    try await withPorch { platform async throws in
      for _ in 0..<3 {
        let answer = try await platform.get("/knock", to: .gateway, one.map { ("x-forwarded-for", $0) })
        #expect(answer.status == 200)
      }
      let answer = try await platform.get("/knock", to: .gateway, other.map { ("x-forwarded-for", $0) })
      #expect(answer.status == (isSame ? 429 : 200), "\(name)")
    }
  }

  @Test func `believe nobody but a proxy of the host's`() async throws {
    var setting = Setting()
    setting.host = "rateLimits: { door: { by: address, requests: 2, per: 1h } }"
    try await withPlatform([porch], setting) { platform async throws in
      for (index, status) in [200, 200, 200, 429].enumerated() {
        #expect(try await platform.get("/knock", to: .gateway, from("9.9.9.\(index)")).status == status)
      }
    }
  }

  @Test func `of the whole gateway count whatever is asked for`() async throws {
    try await withPorch(gateway: "{ by: address, requests: 4, per: 1h }") { platform async throws in
      let paths = [("GET", "/open", 200), ("GET", "/nothing", 404), ("PUT", "/knock", 405), ("POST", "/tell", 200)]
      for (method, path, status) in paths {
        #expect(
          try await platform.send(method, path, to: .gateway, body: method == "GET" ? nil : "{}").status == status)
      }
      for (method, path, _) in paths {
        #expect(try await platform.send(method, path, to: .gateway, body: method == "GET" ? nil : "{}").status == 429)
      }
      #expect(try await platform.get("/health", to: .gateway).status == 200)
    }
  }

  @Test func `are one for all processes of a host`() async throws {
    let file = try RateTableFile(groups: 16)
    var setting = Setting()
    setting.rates = try RateTable(file)
    setting.host = "rateLimits: { door: [] }"
    let one = setting
    setting.rates = try RateTable(file)
    let other = setting
    try await withPlatform([porch], one) { here async throws in
      #expect(try await here.get("/ring", to: .gateway)["ratelimit-remaining"] == "1")
      try await withPlatform([porch], other) { there async throws in
        #expect(try await there.get("/ring", to: .gateway)["ratelimit-remaining"] == "0")
      }
      #expect(try await here.get("/ring", to: .gateway).status == 429)
    }
  }

  @Test func `count a request once that another process answers`() async throws {
    let path = "/tmp/lakoo-limits-\(UInt64.random(in: 0 ... .max)).sock"
    let file = try RateTableFile(groups: 16)
    var setting = Setting()
    setting.rates = try RateTable(file)
    setting.host = "rateLimits: { door: { by: address, requests: 3, per: 1h } }\ntrustedProxies: [127.0.0.1]"
    var there = setting
    there.localSocket = path
    setting.rates = try RateTable(file)
    setting.elsewhere = [Setting.Elsewhere(porch, path)]
    let here = setting
    try await withPlatform([porch], there) { _ in
      try await withPlatform([], here) { front async throws in
        for left in ["2", "1", "0"] {
          let answer = try await front.get("/open", to: .gateway, from("9.9.9.9"))
          #expect(answer.status == 200 && answer["ratelimit-remaining"] == left)
          #expect(answer.headers.count { $0.name == "ratelimit-remaining" } == 1)
        }
        #expect(try await front.get("/open", to: .gateway, from("9.9.9.9")).status == 429)
        let claim = from("9.9.9.9") + [("x-lakoo-client", "1")]
        for status in [200, 200, 429] { #expect(try await front.get("/ring", to: .gateway, claim).status == status) }
        #expect(try await front.get("/ring", to: .gateway, from("9.9.9.8")).status == 200)
      }
    }
  }
}
