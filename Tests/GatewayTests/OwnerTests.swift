import FunctionKit
import Gateway
import PlatformTesting
import Testing

@Suite struct `What only its owner may see` {
  @Test func `is not sent by a function that has not looked whose it is`() async throws {
    try await withPlatform([shelf]) { platform async throws in
      let reply = try await platform.get("/shelf/careless", Keys.asUser())
      #expect(reply.status == 500)
      #expect(reply.code == "owner_not_proven")
      #expect(!reply.text.contains("secret"))
      #expect(platform.logLines().contains { $0.contains("owner_not_proven") })
    }
  }

  @Test func `is sent once that is proven, and refusals need no proof`() async throws {
    try await withPlatform([shelf]) { platform async throws in
      #expect(try await platform.get("/shelf/careful/\(Keys.user)", Keys.asUser()).status == 200)
      #expect(try await platform.get("/shelf/careful/\(Keys.otherUser)", Keys.asUser()).status == 404)
      #expect(try await platform.get("/shelf/searching", Keys.asUser()).status == 200)
    }
  }

  @Test func `is sent to whoever the manifest lets see everybody's`() async throws {
    try await withPlatform([shelf]) { platform async throws in
      #expect(try await platform.get("/shelf/shared", Keys.asUser()).code == "owner_not_proven")
      #expect(try await platform.get("/shelf/shared", Keys.asUser(role: "support_agent")).status == 200)
      #expect(try await platform.get("/shelf/shared", Keys.asService).status == 200)
    }
  }
}

private struct Careless: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> String { "secret" }
}

private struct Shared: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> String { "secret" }
}

private struct Searching: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> ID { try context.owningUser() }
}

private struct Careful: Endpoint {
  struct Input: Decodable { var owner: ID }

  func handle(_ input: Input, context: Context) async throws -> ID {
    try context.requireOwner(input.owner, of: "book")
    return input.owner
  }
}

private let shelf = BundleSource(
  "shelf",
  """
  endpoints:
    Careless:  { route: GET /shelf/careless, access: owner }
    Careful:   { route: GET /shelf/careful/:owner, access: owner }
    Searching: { route: GET /shelf/searching, access: owner }
    Shared:    { route: GET /shelf/shared, access: [owner, internal, { role: [support_agent] }] }
  """, [.endpoint(Careless.self), .endpoint(Careful.self), .endpoint(Searching.self), .endpoint(Shared.self)],
  hasDatabase: false)
