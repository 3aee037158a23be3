import FunctionKit
import Gateway
import PlatformTesting
import Runtime
import Testing

private struct Find: Endpoint {
  struct Input: Decodable { var id: Int }
  func handle(_ input: Input, context: Context) async throws -> Int {
    if input.id == 9 { throw Problem(409, "taken", "It is taken.") }
    return input.id
  }
}

private let shelf = BundleSource(
  "shelf",
  """
  endpoints:
    Find: { route: POST /books/:id, access: public, body: 1KiB, rateLimit: { by: address, requests: 6, per: 1h } }
    Keep: { route: GET /books/kept, access: user }
  """, [.endpoint(Find.self), .endpoint(Keep.self)], hasDatabase: false)

private struct Keep: Visit {}

@Suite struct `Requests are counted` {
  private func tally(_ platform: Platform, _ door: String, _ route: String) throws -> RequestTally {
    try #require(platform.requests.routes.first { $0.name.door == door && $0.name.route == route }, "\(route)")
  }

  @Test func `by route and class of status, whatever stands in the path`() async throws {
    try await withPlatform([shelf]) { platform async throws in
      for id in [1, 2, 9] { _ = try await platform.post("/books/\(id)") }
      _ = try await platform.post("/books/1", to: .gateway)
      let own = try tally(platform, "shelf", "/books/:id")
      #expect(own.name.method == "POST" && own.classes == [0, 2, 0, 1, 0] && own.refusals.isEmpty)
      #expect(try tally(platform, "gateway", "/books/:id").classes == [0, 1, 0, 0, 0])
      #expect(platform.requests.doors.first { $0.name == "shelf" }?.durations.count == 3)
    }
  }

  @Test func `by the reason for which no function saw them`() async throws {
    try await withPlatform([shelf]) { platform async throws in
      let large = #"{"a":"\#(String(repeating: "x", count: 2000))"}"#
      for _ in 0..<6 { _ = try await platform.post("/books/1", to: .gateway) }
      for body in ["{}", large] { _ = try await platform.post("/books/1", to: .gateway, [], body) }
      _ = try await platform.post("/books/1", [], large)
      _ = try await platform.send("POST", "/books/1", body: "{}", type: "text/plain")
      _ = try await platform.get("/books/kept")
      for path in ["/nothing", "/nothing/more"] { _ = try await platform.get(path) }
      _ = try await platform.send("DELETE", "/books/1")
      _ = try await platform.send(
        bytes: Array("GET /books HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n".utf8), to: .service("shelf"))

      #expect(try tally(platform, "gateway", "/books/:id").refusals == ["rate_limited": 2])
      #expect(
        try tally(platform, "shelf", "/books/:id").refusals == ["body_too_large": 1, "unsupported_media_type": 1])
      #expect(try tally(platform, "shelf", "/books/kept").refusals == ["unauthenticated": 1])
      let nowhere = try tally(platform, "shelf", "")
      #expect(nowhere.refusals == ["not_found": 2, "method_not_allowed": 1, "bad_request": 1])
      #expect(nowhere.count == 4 && nowhere.name.method == "")
    }
  }

  @Test func `not when they are for those who run the host`() async throws {
    try await withPlatform([shelf]) { platform async throws in
      _ = try await platform.get("/clock", to: .admin)
      #expect(platform.requests.routes.isEmpty)
    }
  }
}
