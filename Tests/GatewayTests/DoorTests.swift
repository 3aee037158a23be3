import FunctionKit
import Gateway
import PlatformTesting
import Testing

private struct OnlyAtHome: Visit {}

private let sandbox = BundleSource(
  "sandbox", "development: true\nendpoints:\n  OnlyAtHome: { route: GET /home, access: public }",
  [.endpoint(OnlyAtHome.self)], hasDatabase: false)

@Suite struct `The doors` {
  private static let paths: [(path: String, gateway: Int, service: Int)] = [
    ("/visit/public", 200, 200), ("/visit/internal", 404, 401), ("/visit/user-or-internal", 401, 401),
    ("/internal/visit", 404, 200), ("/shop/internal/visit", 404, 404), ("/admin/visit", 404, 200),
    ("/shop/admin/visit", 200, 404), ("/sandbox/home", 404, 404), ("/home", 404, 404), ("/nothing", 404, 404),
    ("/internal%2Fvisit", 404, 404), ("//internal/visit", 404, 404), ("/health", 200, 200), ("/clock", 404, 404),
  ]

  @Test func `the gateway has the public paths only, with admin paths below the bundle's name`() async throws {
    try await withPlatform([shop, sandbox]) { platform async throws in
      for (path, gateway, service) in Self.paths {
        #expect(try await platform.get(path, to: .gateway).status == gateway, "\(path)")
        #expect(try await platform.get(path, to: .service("shop")).status == service, "\(path)")
      }
    }
  }

  @Test func `a bundle for development is on its own port and nowhere else`() async throws {
    try await withPlatform([shop, sandbox]) { platform async throws in
      #expect(try await platform.get("/home", to: .service("sandbox")).status == 200)
      #expect(try await platform.get("/visit/public", to: .service("sandbox")).status == 404)
      #expect(try await platform.get("/home", to: .gateway).code == "not_found")
    }
  }

  @Test func `another method is told what the path takes`() async throws {
    try await withPlatform([shop]) { platform in
      for body in [nil, "{}"] {
        let reply = try await platform.send("PUT", "/orders", body: body)
        #expect(reply.status == 405)
        #expect(reply.code == "method_not_allowed")
        #expect(reply["allow"] == "POST")
      }
      #expect(try await platform.send("DELETE", "/echo/1")["allow"] == "GET, HEAD")
    }
  }

  @Test func `HEAD gives the head of GET and no body`() async throws {
    try await withPlatform([shop]) { platform in
      let get = try await platform.get("/visit/public"), head = try await platform.send("HEAD", "/visit/public")
      #expect(head.status == 200)
      #expect(head["content-length"] == get["content-length"])
      #expect(head.body == [])
    }
  }
}
