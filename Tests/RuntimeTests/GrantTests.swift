import FunctionKit
import PlatformTesting
import Testing

private struct Announced: Event {
  static let type = "till.announced"
  var subject: String { "s" }
}

private struct Unlisted: Event {
  static let type = "till.unlisted"
  var subject: String { "s" }
}

private struct Announce: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    try await context.emit(Announced())
    return input
  }
}

private struct AnnounceUnlisted: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    try await context.emit(Announced())
    try await context.emit(Unlisted())
    return input
  }
}

private struct AnnounceOutside: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    try await context.emit(Announced())
    return input
  }
}

private struct Secret: Endpoint {
  struct Input: Decodable { var name: String }
  func handle(_ input: Input, context: Context) async throws -> String { try context.secret(input.name) }
}

private struct Show: Endpoint {
  struct Input: Decodable { var name: String }
  func handle(_ input: Input, context: Context) async throws -> String { try context.setting(input.name) }
}

private struct Address: Endpoint {
  struct Input: Decodable { var name: String }
  func handle(_ input: Input, context: Context) async throws -> Int {
    try await context.http.send(UpstreamRequest(input.name, "GET", "/")).status
  }
}

private let till = BundleSource(
  "till",
  """
  needs: { secrets: [LISTED_KEY, MISSING_KEY], settings: { USUAL: a, SET: b }, outbound: [listed] }
  endpoints:
    Announce:         { route: POST /announce, access: public, emits: [till.announced] }
    AnnounceUnlisted: { route: POST /announce-unlisted, access: public, emits: [till.announced] }
    AnnounceOutside:  { route: POST /announce-outside, access: public, emits: [till.announced], transaction: none }
    Show:             { route: GET /settings/:name, access: public }
    Secret:           { route: GET /secrets/:name, access: public }
    Address:          { route: GET /upstreams/:name, access: public }
  """,
  [
    .endpoint(Announce.self), .endpoint(AnnounceUnlisted.self), .endpoint(AnnounceOutside.self),
    .endpoint(Secret.self), .endpoint(Show.self), .endpoint(Address.self),
  ])

@Suite struct `What the manifest does not list` {
  @Test(arguments: [("/announce", 200, 1), ("/announce-unlisted", 500, 0), ("/announce-outside", 500, 0)])
  func `is not emitted, and takes what was emitted with it`(path: String, status: Int, rows: Int) async throws {
    try await withPlatform([till]) { platform async throws in
      #expect(try await platform.post(path).status == status)
      #expect(try await platform.count("lakoo.outbox") == rows)
    }
  }

  @Test func `a setting is the environment's, else the manifest's, else nobody's`() async throws {
    var setting = Setting()
    setting.settings = ["SET": "c", "OTHER": "d"]
    try await withPlatform([till], setting) { platform in
      #expect(try await platform.get("/settings/USUAL").data?.string == "a")
      #expect(try await platform.get("/settings/SET").data?.string == "c")
      #expect(try await platform.get("/settings/OTHER").status == 500)
      let line = try #require(platform.logLines().last)
      #expect(line.contains("does not list under needs.settings"))
    }
  }

  @Test(
    arguments: [
      ("/secrets/LISTED_KEY", 200, nil), ("/secrets/MISSING_KEY", 500, "set the environment variable MISSING_KEY"),
      ("/secrets/OTHER_KEY", 500, "does not list under needs.secrets"),
      ("/upstreams/other", 500, "does not list under needs.outbound"),
      ("/upstreams/listed", 500, "set LISTED_BASE_URL"),
    ] as [(String, Int, String?)])
  func `is not handed out, and the log says what to mend`(path: String, status: Int, cause: String?) async throws {
    var setting = Setting()
    setting.secrets = ["LISTED_KEY": "a", "OTHER_KEY": "b"]
    try await withPlatform([till], setting) { platform in
      let reply = try await platform.get(path)
      #expect(reply.status == status)
      let line = try #require(platform.logLines().last)
      if let cause { #expect(line.contains(cause)) } else { #expect(reply.data?.string == "a") }
    }
  }
}
