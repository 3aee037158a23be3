import FunctionKit
import Gateway
import PlatformTesting
import Runtime
import Testing

@Suite struct `The admin's clock` {
  @Test(arguments: [[], [("authorization", "Bearer wrong")], [("authorization", "the-admin-token")], Keys.asService])
  func `it needs the admin token`(headers: [(String, String)]) async throws {
    try await withPlatform([shop]) { platform in
      #expect(try await platform.get("/clock", to: .admin, headers).status == 401)
      let reply = try await platform.post("/clock/advance", to: .admin, headers, #"{"seconds":60}"#)
      #expect(reply.status == 401)
      #expect(reply.code == "unauthenticated")
      #expect(reply["www-authenticate"] == "Bearer")
      #expect(platform.clock.shift == .zero)
    }
  }

  @Test func `it moves forward, by seconds that add up`() async throws {
    try await withPlatform([shop]) { platform in
      for _ in 0..<2 {
        #expect(
          try await platform.post("/clock/advance", to: .admin, Keys.asAdmin, #"{"seconds":86400}"#).status == 200)
      }
      #expect(platform.clock.shift == .seconds(172_800))
      let reply = try await platform.get("/clock", to: .admin, Keys.asAdmin).json
      #expect(reply["shiftSeconds"]?.int == 172_800)
      let shown = try #require(reply["now"]?.string.flatMap { Instant($0) })
      #expect(platform.clock.now - shown < .seconds(10))
    }
  }

  @Test(arguments: [#"{"seconds":-1}"#, "{}", "", "{", #"{"seconds":"60"}"#, #"{"seconds":1.5}"#, #"{"seconds":1e18}"#])
  func `it never moves backwards, nor by what is no number of seconds`(body: String) async throws {
    try await withPlatform([shop]) { platform in
      let reply = try await platform.post("/clock/advance", to: .admin, Keys.asAdmin, body)
      #expect(reply.status == 422)
      #expect(platform.clock.shift == .zero)
    }
  }

  @Test func `production's clock can be read but not moved`() async throws {
    var setting = Setting()
    setting.isProduction = true
    try await withPlatform([shop], setting) { platform async throws in
      let body = #"{"seconds":60}"#
      #expect(try await platform.post("/clock/advance", to: .admin, Keys.asAdmin, body).status == 404)
      #expect(try await platform.get("/clock", to: .admin, Keys.asAdmin).status == 200)
      #expect(try await platform.post("/clock/advance", to: .gateway, Keys.asAdmin, body).status == 404)
    }
  }
}
