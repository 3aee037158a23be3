import FunctionKit
import Gateway
import PlatformTesting
import Testing

private struct Look: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Reply<Int> { Reply(7).version(3) }
}

private struct Keep: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Reply<Int> {
    var reply = Reply(7)
    reply.headers = [
      ("cache-control", "public, max-age=60"), ("vary", "accept-language"), ("access-control-allow-origin", "*"),
      ("strict-transport-security", "max-age=60"),
    ]
    return reply
  }
}

private struct Change: Endpoint {
  func handle(_ input: JSON, context: Context) async throws -> Int { 1 }
}

private let window = BundleSource(
  "window",
  """
  endpoints:
    Look:   { route: GET /things/:id, access: public }
    Keep:   { route: GET /kept, access: public }
    Change: { route: PUT /things/:id, access: public, idempotency: optional }
  """, [.endpoint(Look.self), .endpoint(Keep.self), .endpoint(Change.self)])

private func withWindow(_ host: String = "", _ body: @escaping @Sendable (Platform) async throws -> Void) async throws {
  var setting = Setting()
  setting.host = host
  try await withPlatform([window], setting, body)
}

@Suite struct `Every answer at the gateway` {
  @Test func `says what it is and that nobody may frame it or follow it`() async throws {
    try await withWindow { platform async throws in
      let broken = try await platform.send(bytes: Array("GET / HTTP/1.1\r\nbroken\r\n\r\n".utf8), to: .gateway)
      let answers = [
        try await platform.get("/things/1", to: .gateway), try await platform.get("/nothing", to: .gateway),
        try await platform.post("/kept", to: .gateway), try await platform.get("/health", to: .gateway), broken,
      ]
      #expect(answers.map(\.status) == [200, 404, 405, 200, 400])
      for answer in answers {
        #expect(answer["x-content-type-options"] == "nosniff" && answer["referrer-policy"] == "no-referrer")
        #expect(answer["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'")
        #expect(answer["strict-transport-security"] == nil)
      }
      #expect(
        try await platform.get("/things/1")["x-content-type-options"] == nil, "a service's own port is no browser's")
    }
  }

  @Test func `is not to be kept, unless it is for anybody or its function says so`() async throws {
    try await withWindow { platform async throws in
      let bearer = [("authorization", "Bearer x")]
      let answers = [
        try await platform.get("/things/1", to: .gateway), try await platform.get("/things/1", to: .gateway, bearer),
        try await platform.get("/things/1", to: .gateway, [("cookie", "a=b")]),
        try await platform.get("/kept", to: .gateway, bearer), try await platform.get("/nothing", to: .gateway),
        try await platform.send("PUT", "/things/1", to: .gateway, body: "{}"),
      ]
      let kept = "public, max-age=60"
      #expect(answers.map { $0["cache-control"] } == [nil, "no-store", "no-store", kept, "no-store", "no-store"])
    }
  }

  @Test func `asks for TLS in future where a proxy of the host's has spoken it, and nowhere else`() async throws {
    let secure = [("x-forwarded-proto", "https")]
    try await withWindow { platform async throws in
      for path in ["/kept", "/things/1"] {
        #expect(try await platform.get(path, to: .gateway, secure)["strict-transport-security"] == nil)
      }
    }
    try await withWindow("trustedProxies: [127.0.0.0/8]") { platform async throws in
      let asked = try await platform.get("/things/1", to: .gateway, secure)
      #expect(asked["strict-transport-security"] == "max-age=31536000")
      #expect(try await platform.get("/kept", to: .gateway, secure)["strict-transport-security"] == "max-age=60")
      #expect(try await platform.get("/kept", to: .gateway)["strict-transport-security"] == nil)
    }
  }
}

@Suite struct `Pages of other origins` {
  private static let host =
    #"cors: { origins: ["https://lakoo.id", "https://*.lakoo.id"], credentials: true, maxAge: 5m }"#

  private func asks(_ origin: String, _ method: String) -> [(String, String)] {
    [("origin", origin), ("access-control-request-method", method)]
  }

  @Test func `are told what a route takes before they send it`() async throws {
    try await withWindow(Self.host) { platform async throws in
      let answer = try await platform.send(
        "OPTIONS", "/things/1", to: .gateway, asks("https://shop.lakoo.id", "PUT"))
      #expect(answer.status == 204 && answer.body == [])
      #expect(answer["access-control-allow-origin"] == "https://shop.lakoo.id")
      #expect(answer["access-control-allow-credentials"] == "true" && answer["access-control-max-age"] == "300")
      #expect(answer["access-control-allow-methods"] == "GET, HEAD, PUT" && answer["vary"] == "Origin")
      #expect(answer["access-control-allow-headers"]?.contains("idempotency-key") == true)
      let get = try await platform.send("OPTIONS", "/things/1", to: .gateway, asks("https://lakoo.id", "GET"))
      #expect(get["access-control-allow-headers"]?.contains("idempotency-key") == false)
    }
  }

  @Test(arguments: [
    ("/things/1", "DELETE", "https://lakoo.id", 405), ("/nothing", "GET", "https://lakoo.id", 404),
    ("/things/1", "PUT", "https://evil.id", 403), ("/things/1", "PUT", "null", 403),
    ("/health", "GET", "https://lakoo.id", 405),
  ])
  func `are told no`(path: String, method: String, origin: String, status: Int) async throws {
    try await withWindow(Self.host) { platform async throws in
      let answer = try await platform.send("OPTIONS", path, to: .gateway, asks(origin, method))
      #expect(answer.status == status && answer["access-control-allow-methods"] == nil)
      #expect(answer["access-control-allow-origin"] == (origin == "https://lakoo.id" ? origin : nil))
    }
  }

  @Test func `see answers only where they are listed, refusals too`() async throws {
    try await withWindow(Self.host) { platform async throws in
      for path in ["/things/1", "/kept", "/nothing"] {
        let seen = try await platform.get(path, to: .gateway, [("origin", "https://lakoo.id")])
        #expect(seen["access-control-allow-origin"] == "https://lakoo.id")
        #expect(seen.headers.count { $0.name == "access-control-allow-origin" } == 1)
        #expect(seen["access-control-expose-headers"]?.contains("ETag") == true)
        let hidden = try await platform.get(path, to: .gateway, [("origin", "https://lakoo.id.evil.com")])
        #expect(hidden["access-control-allow-origin"] == nil && hidden["access-control-allow-credentials"] == nil)
        #expect(hidden["vary"] == (path == "/kept" ? "accept-language, Origin" : "Origin"))
      }
    }
  }

  @Test func `of anywhere see what needs no credentials`() async throws {
    try await withWindow(#"cors: { origins: ["*"] }"#) { platform async throws in
      let answer = try await platform.get("/things/1", to: .gateway, [("origin", "https://anyone.example")])
      #expect(answer["access-control-allow-origin"] == "*" && answer["vary"] == nil)
      #expect(answer["access-control-allow-credentials"] == nil)
    }
  }

  @Test func `are not answered to where the host says nothing of them`() async throws {
    try await withWindow { platform async throws in
      let asked = try await platform.send("OPTIONS", "/things/1", to: .gateway, asks("https://lakoo.id", "PUT"))
      #expect(asked.status == 405 && asked["access-control-allow-origin"] == nil && asked["vary"] == nil)
    }
  }
}
