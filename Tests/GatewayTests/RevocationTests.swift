import FunctionKit
import Gateway
import PlatformTesting
import Runtime
import Testing
import TokenTesting

/// What the auth service says, as far as the tests need it.
private struct ListRevokedSessions: Endpoint {
  struct Input: Decodable { var since: Instant? }

  struct Output: Encodable {
    var asOf: Instant
    var sessions: [String]
    var users: [User]
  }

  struct User: Codable {
    var id: ID
    var tokenVersion: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Output {
    guard try await context.db.one("select count(*) from outage", as: Int.self) == 0 else {
      throw Problem(503, "overloaded", "Later.")
    }
    let since = input.since ?? Instant(seconds: 0)
    return Output(
      asOf: context.now,
      sessions: try await context.db.all("select id from ended where at > \(since)"),
      users: try await context.db.all(#"select id, version as "tokenVersion" from raised where at > \#(since)"#))
  }
}

private let auth = BundleSource(
  "auth",
  """
  endpoints:
    ListRevokedSessions: { route: GET /internal/sessions/revoked, access: internal }
  """, [.endpoint(ListRevokedSessions.self)])

@Suite struct `A session that has ended` {
  private func setting(schema: String = "", remote: [String: String?] = [:]) -> Setting {
    var setting = Setting()
    setting.watchesRevocations = true
    setting.remote = remote
    setting.schema = """
      create table ended (id text primary key, at timestamptz not null default now());
      create table raised (id uuid primary key, version int not null, at timestamptz not null default now());
      create table outage (id int);
      \(schema)
      """
    return setting
  }

  @Test(arguments: [[:], ["auth": String?.none]])
  func `ends its tokens, those that were good a moment ago as well`(remote: [String: String?]) async throws {
    try await withPlatform([auth, shop], setting(remote: remote)) { platform async throws in
      let (ended, other) = (platform.token(session: "ended"), platform.token(session: "other"))
      for token in [ended, other] { #expect(try await platform.visit("user", token).status == 200) }
      try await platform.write("insert into ended values ('ended')")
      try await platform.until { try await platform.visit("user", ended).status != 200 }
      let refusal = try await platform.visit("user", ended)
      #expect(refusal.status == 401 && refusal.code == "session_revoked")
      #expect(refusal["content-type"] == "application/problem+json")
      #expect(
        refusal["www-authenticate"]
          == #"Bearer error="invalid_token", error_description="The session of the access token has ended; sign in again.""#
      )
      #expect(try await platform.visit("public", ended).data?["user"] == .null)
      #expect(try await platform.visit("user", other).status == 200)
    }
  }

  @Test func `is known before the first request is answered`() async throws {
    try await withPlatform([auth, shop], setting(schema: "insert into ended values ('ended')")) {
      platform async throws in
      #expect(try await platform.visit("user", platform.token(session: "ended")).code == "session_revoked")
    }
  }

  @Test func `is every one of a user whose token version has risen`() async throws {
    try await withPlatform([auth, shop], setting()) { platform async throws in
      let tokens = [nil, "1", "2"].map { platform.token(version: $0) }
      let other = platform.token(user: Keys.otherUser)
      for token in tokens + [other] { #expect(try await platform.visit("user", token).status == 200) }
      try await platform.write("insert into raised values ('01890a5d-ac96-774b-bcce-b302099a8057', 2)")
      try await platform.until { try await platform.visit("user", tokens[1]).status != 200 }
      for (token, code) in zip(tokens + [other], ["session_revoked", "session_revoked", nil, nil]) {
        #expect(try await platform.visit("user", token).code == code)
      }
    }
  }

  @Test func `stays so while the auth service is silent, which is told`() async throws {
    try await withPlatform([auth, shop], setting(schema: "insert into ended values ('ended')")) {
      platform async throws in
      #expect(try await platform.warnings() == nil)
      try await platform.write("insert into outage values (1)")
      try await platform.write("insert into ended values ('unheard')")
      try await platform.asked(twice: "5xx")
      platform.clock.advance(by: .seconds(61))
      try await platform.until { platform.lines("so that tokens of those are good until they expire").count == 1 }
      #expect(try await platform.warnings()?.hasPrefix("the auth service has not said for 6") == true)
      #expect(try await platform.get("/health", to: .gateway).status == 200)
      #expect(try await platform.visit("user", platform.token(session: "ended")).code == "session_revoked")
      for session in ["unheard", "other"] {
        #expect(try await platform.visit("user", platform.token(session: session)).status == 200)
      }
      try await platform.write("delete from outage")
      try await platform.until { try await platform.warnings() == nil }
      #expect(try await platform.visit("user", platform.token(session: "unheard")).code == "session_revoked")
      #expect(platform.lines("so that tokens of those").count == 1)
      #expect(platform.lines("says again which sessions have ended").count == 1)
    }
  }

  @Test func `is forgotten when no token of it can be left`() async throws {
    try await withPlatform([auth, shop], setting(schema: "insert into ended values ('ended')")) {
      platform async throws in
      for hour in 0..<3 {
        if hour < 2 {
          #expect(try await platform.visit("user", platform.token(session: "ended")).code == "session_revoked")
        }
        platform.clock.advance(by: .seconds(3700))
        try await platform.asked(twice: "2xx")
      }
      #expect(try await platform.visit("user", platform.token(session: "ended")).status == 200)
    }
  }

  @Test func `is none where there is no auth service, which is said once`() async throws {
    try await withPlatform([shop], setting()) { platform async throws in
      platform.clock.advance(by: .seconds(3600))
      #expect(try await platform.visit("user", platform.token(session: "any")).status == 200)
      #expect(try await platform.warnings() == nil)
      #expect(platform.lines("there is no auth service in this deployment").count == 1)
    }
  }
}

extension Platform {
  fileprivate func token(user: String = TestToken.user, session: String = "s", version: String? = nil) -> String {
    TestToken(at: clock.now.seconds, user: user, session: session).with("tv", version).signed(Keys.tokenSecret)
  }

  fileprivate func visit(_ path: String, _ token: String) async throws -> Answer {
    try await get("/visit/\(path)", to: .gateway, Keys.bearing(token))
  }

  fileprivate func warnings() async throws -> String? {
    try await get("/health", to: .gateway).json["warnings"]?.array?.first?.string
  }

  fileprivate func lines(_ text: String) -> [String] { logLines().filter { $0.contains(text) } }

  /// Goes on when the auth service has been asked two more times: one of them may have been under way.
  fileprivate func asked(twice outcome: String) async throws {
    let before = answers(outcome)
    try await until { answers(outcome) >= before + 2 }
  }

  private func answers(_ outcome: String) -> Int {
    let tally = services.tallies.all.first { $0.function == "ListRevokedSessions" }
    return tally.map { zip(FunctionTally.outcomes, $0.counts).first { $0.0 == outcome }?.1 ?? 0 } ?? 0
  }
}
