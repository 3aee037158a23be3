import FunctionKit
import Gateway
import PlatformTesting
import Testing

private struct Greet: Endpoint {
  struct Input: Decodable { var name: String }
  func handle(_ input: Input, context: Context) async throws -> String { "hello \(input.name)" }
}

private struct Whisper: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> String { "psst" }
}

private let greeter = BundleSource(
  "greeter",
  """
  endpoints:
    Greet: { route: GET /greet/:name, access: public }
    Whisper: { route: GET /internal/whisper, access: internal }
  """, [.endpoint(Greet.self), .endpoint(Whisper.self)])

private let doors: [Door] = [.service("greeter"), .gateway]

@Suite struct `The API's description` {
  @Test func `is at every service's port, and without the services' own at the gateway`() async throws {
    try await withPlatform([greeter]) { platform in
      let service = try await platform.get("/openapi.json", to: .service("greeter"))
      #expect(service.status == 200)
      #expect(service["content-type"] == "application/json")
      #expect(service.json["info"]?["title"] == "greeter-service")
      #expect(paths(service) == ["/greet/{name}", "/internal/whisper", "/health"])
      let gateway = try await platform.get("/openapi.json", to: .gateway)
      #expect(paths(gateway) == ["/greet/{name}", "/health"])
    }
  }

  @Test func `is sent once to a client that keeps it`() async throws {
    try await withPlatform([greeter]) { platform in
      for door in doors {
        for path in ["/openapi.json", "/api-docs"] {
          let first = try await platform.get(path, to: door)
          let tag = try #require(first["etag"])
          let second = try await platform.get(path, to: door, [("if-none-match", tag)])
          #expect(second.status == 304)
          #expect(second.body.isEmpty)
          #expect(try await platform.get(path, to: door, [("if-none-match", "\"other\"")]).body == first.body)
        }
      }
    }
  }

  @Test func `has a page that loads nothing from elsewhere`() async throws {
    try await withPlatform([greeter]) { platform in
      for door in doors {
        for (path, type) in [
          ("/api-docs", "text/html"), ("/api-docs/page.js", "text/javascript"), ("/api-docs/page.css", "text/css"),
        ] {
          let reply = try await platform.get(path, to: door)
          #expect(reply.status == 200)
          #expect(reply["content-type"] == "\(type); charset=utf-8")
          #expect(reply["content-security-policy"]?.hasPrefix("default-src 'none'; script-src 'self'") == true)
          #expect(!reply.text.contains("://"), "\(path) names another place")
          #expect(
            !reply.text.contains("style=") && !reply.text.contains("onclick"), "\(path) has what the policy forbids")
        }
      }
    }
  }

  @Test func `leaves a path to the bundle that has it`() async throws {
    let own = BundleSource(
      "own", "endpoints:\n  Whisper: { route: GET /openapi.json, access: public }", [.endpoint(Whisper.self)])
    try await withPlatform([own]) { platform in
      let data = try await platform.get("/openapi.json").data
      #expect(data == "psst")
    }
  }

  @Test func `tells of a bundle that others run by its manifest`() async throws {
    var setting = Setting()
    setting.elsewhere = [.init(greeter, "/tmp/nobody-listens")]
    try await withPlatform([], setting) { platform in
      for door in doors {
        let reply = try await platform.get("/openapi.json", to: door)
        let greet = reply.json["paths"]?["/greet/{name}"]?["get"]
        #expect(greet?["parameters"]?[0]?["schema"]?["type"] == "string")
        #expect(greet?["responses"]?["default"]?["content"]?["*/*"]?["schema"] == [:])
      }
    }
  }

  @Test func `no route has TRACE`() async throws {
    try await withPlatform([greeter]) { platform in
      let reply = try await platform.send("TRACE", "/greet/you", to: .gateway)
      #expect(reply.status == 405)
      #expect(reply["allow"] == "GET, HEAD")
    }
  }

  private func paths(_ reply: Answer) -> [String]? { reply.json["paths"]?.object?.members.map(\.name) }
}
