import FunctionKit
import Gateway
import PlatformTesting
import Runtime
import Testing
import TokenTesting

@Suite struct `A token at the gateway` {
  /// What a client sends, and what each kind of access makes of it.
  private static func senders(_ now: Int64) -> [(name: String, headers: [(String, String)])] {
    func token(_ roles: [String] = ["user"]) -> TestToken { TestToken(at: now, roles: roles) }
    func bearing(_ token: TestToken) -> [(String, String)] { Keys.bearing(token.signed(Keys.tokenSecret)) }
    return [
      ("nobody", []), ("expired", bearing(TestToken(at: now - 1000))),
      ("wrong signature", Keys.bearing(token(["admin"]).signed("guess"))),
      ("no algorithm", Keys.bearing(token(["admin"]).headed(#"{"alg":"none"}"#).message + ".")),
      (
        "public key as secret",
        Keys.bearing(token(["admin"]).headed(#"{"alg":"HS256","kid":"rsa"}"#).signed(PublishedKeys.rsaPEM))
      ),
      ("user", bearing(token())), ("wrong role", bearing(token(["seller", "user"]))),
      ("right role", bearing(token(["finance_admin", "user"]))), ("admin", bearing(token(["admin"]))),
      ("secret of before", Keys.bearing(token().signed(Keys.tokenSecretOfBefore))),
      ("forged headers", Keys.asUser(role: "admin") + Keys.asService),
      ("user with forged headers", bearing(token()) + Keys.asUser(Keys.otherUser, role: "admin") + Keys.asService),
      ("two tokens", bearing(token()) + bearing(token(["admin"]))), ("basic", [("authorization", "Basic YTpi")]),
    ]
  }

  private static let table: [(path: String, statuses: [Int])] = [
    ("public", [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("user", [401, 401, 401, 401, 401, 200, 200, 200, 200, 200, 401, 200, 401, 401]),
    ("owner", [401, 401, 401, 401, 401, 200, 200, 200, 200, 200, 401, 200, 401, 401]),
    ("internal", [404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("role", [401, 401, 401, 401, 401, 403, 403, 200, 200, 403, 401, 403, 401, 401]),
    ("role-or-internal", [401, 401, 401, 401, 401, 403, 403, 200, 200, 403, 401, 403, 401, 401]),
  ]

  @Test func `lets in whoever it should`() async throws {
    try await withPlatform([shop]) { platform async throws in
      for (path, statuses) in Self.table {
        for (sender, status) in zip(Self.senders(platform.clock.now.seconds), statuses) {
          let reply = try await platform.get("/visit/\(path)", to: .gateway, sender.headers)
          #expect(reply.status == status, "\(path), \(sender.name): \(reply.text)")
          let code = [401: "unauthenticated", 403: "forbidden", 404: "not_found"][status]
          #expect(reply.code == code, "\(path), \(sender.name)")
          #expect((reply["www-authenticate"] != nil) == (status == 401), "\(path), \(sender.name)")
        }
      }
    }
  }

  @Test func `says who calls, whatever else the client says`() async throws {
    try await withPlatform([shop]) { platform async throws in
      let token = TestToken(at: platform.clock.now.seconds, roles: ["seller", "user"]).signed(Keys.tokenSecret)
      let headers = Keys.bearing(token) + Keys.asUser(Keys.otherUser, role: "admin") + Keys.asService
      let data = try await platform.get("/visit/user", to: .gateway, headers).data
      #expect(data?["user"]?.string == TestToken.user)
      #expect(data?["role"]?.string == "seller")
      #expect(data?["isPrivileged"]?.bool == false)
    }
  }

  @Test func `is remembered no longer than it lives`() async throws {
    try await withPlatform([shop]) { platform async throws in
      let headers = Keys.bearing(TestToken(at: platform.clock.now.seconds).signed(Keys.tokenSecret))
      for _ in 0..<2 { #expect(try await platform.get("/visit/user", to: .gateway, headers).status == 200) }
      platform.clock.advance(by: .seconds(931))
      let reply = try await platform.get("/visit/user", to: .gateway, headers)
      #expect(reply.status == 401)
      #expect(reply.json["detail"]?.string == "The access token has expired; get a new one.")
    }
  }

  @Test func `that is not believed is told why, in the words of RFC 6750`() async throws {
    try await withPlatform([shop]) { platform async throws in
      let now = platform.clock.now.seconds
      let good = Keys.bearing(TestToken(at: now).signed(Keys.tokenSecret))
      for (door, headers, challenge) in [
        (Door.gateway, [], "Bearer"), (.gateway, [("authorization", "Basic YTpi")], "Bearer"),
        (.service("shop"), [], "Bearer"), (.service("shop"), good, "Bearer"),
        (
          .gateway, Keys.bearing(TestToken(at: now - 2000).signed(Keys.tokenSecret)),
          #"Bearer error="invalid_token", error_description="The access token has expired; get a new one.""#
        ),
        (
          .gateway, [("cookie", "\(Keys.cookie)=a.b")],
          #"Bearer error="invalid_token", error_description="The access token does not have three parts.""#
        ),
        (
          .gateway, good + good,
          #"Bearer error="invalid_request", error_description="Authorization was sent more than once; send it once.""#
        ),
      ] {
        #expect(try await platform.get("/visit/user", to: door, headers)["www-authenticate"] == challenge)
      }
    }
  }

  @Test(arguments: [
    ("GET", [], 200), ("POST", [], 403), ("POST", [("sec-fetch-site", "same-origin")], 200),
    ("POST", [("sec-fetch-site", "same-site")], 200), ("POST", [("sec-fetch-site", "cross-site")], 403),
    ("POST", [("sec-fetch-site", "none")], 403), ("POST", [("origin", "https://shop.test")], 200),
    ("POST", [("sec-fetch-site", "cross-site"), ("origin", "https://shop.test")], 200),
    ("POST", [("origin", "https://evil.test")], 403), ("POST", [("origin", "null")], 403),
  ])
  func `in a cookie changes something for this site's pages only`(
    method: String, headers: [(String, String)], status: Int
  ) async throws {
    try await withPlatform([counter]) { platform async throws in
      let token = TestToken(at: platform.clock.now.seconds).signed(Keys.tokenSecret)
      let cookie = [("cookie", "a=b; \(Keys.cookie)=\(token); c=d")]
      let reply = try await platform.send(method, "/counter", to: .gateway, cookie + headers)
      #expect(reply.status == status, "\(reply.text)")
      if status == 403 { #expect(reply.code == "csrf_refused") }
    }
  }

  @Test func `in two cookies of one name is in none`() async throws {
    try await withPlatform([counter]) { platform async throws in
      let token = TestToken(at: platform.clock.now.seconds).signed(Keys.tokenSecret)
      let cookies = "\(Keys.cookie)=\(token); \(Keys.cookie)=\(token)"
      #expect(try await platform.get("/counter", to: .gateway, [("cookie", cookies)]).status == 401)
      #expect(try await platform.get("/counter", to: .gateway, [("cookie", "token=\(token)")]).status == 401)
    }
  }
}

private struct ReadCounter: Visit {}
private struct MoveCounter: Visit {}

private let counter = BundleSource(
  "counter",
  """
  endpoints:
    ReadCounter: { route: GET /counter, access: user }
    MoveCounter: { route: POST /counter, access: user, transaction: none }
  """, [.endpoint(ReadCounter.self), .endpoint(MoveCounter.self)], hasDatabase: false)
