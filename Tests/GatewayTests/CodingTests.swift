import Compression
import DecodingTesting
import FunctionKit
import Gateway
import PlatformTesting
import Testing

private struct List: Endpoint {
  struct Input: Decodable { var count: Int }
  func handle(_ input: Input, context: Context) async throws -> Reply<[String]> {
    Reply((0..<input.count).map { "Kelurahan \($0 % 17)" }).version(3)
  }
}

private struct Coded: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Reply<[String]> {
    var reply = Reply(Array(repeating: "Kelurahan", count: 200))
    reply.headers = [("content-encoding", "identity")]
    return reply
  }
}

private struct Untouched: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Reply<[String]> {
    var reply = Reply(Array(repeating: "Kelurahan", count: 200))
    reply.headers = [("cache-control", "no-transform"), ("etag", "\"x\"")]
    return reply
  }
}

private struct Edit: Endpoint {
  func handle(_ input: JSON, context: Context) async throws -> Int {
    try context.requireVersion(3)
    return 3
  }
}

private let lists = BundleSource(
  "lists",
  """
  endpoints:
    List:      { route: GET /list/:count, access: public }
    Coded:     { route: GET /coded, access: public }
    Untouched: { route: GET /untouched, access: public }
    Edit:      { route: PUT /list, access: public }
  """, [.endpoint(List.self), .endpoint(Coded.self), .endpoint(Untouched.self), .endpoint(Edit.self)])

@Suite struct `The gateway's answers` {
  @Test(arguments: ContentCoding.allCases) func `come in the coding that the client takes`(coding: ContentCoding)
    async throws
  {
    try await withPlatform([lists]) { platform async throws in
      let plain = try await platform.get("/list/500", to: .gateway)
      let coded = try await platform.get("/list/500", to: .gateway, [("accept-encoding", coding.rawValue)])
      #expect(coded["content-encoding"] == coding.rawValue && coded.body.count < plain.body.count / 4)
      #expect(decode(coded.body, coding) == plain.body && coded["content-length"] == "\(coded.body.count)")
      #expect(plain["content-encoding"] == nil && plain["vary"] == "Accept-Encoding" && coded["vary"] == plain["vary"])
      let head = try await platform.send("HEAD", "/list/500", to: .gateway, [("accept-encoding", coding.rawValue)])
      #expect(head["content-length"] == coded["content-length"] && head.body == [])
    }
  }

  @Test func `come as they are when they are small, large, coded already or not to be changed`() async throws {
    try await withPlatform([lists]) { platform async throws in
      let gzip = [("accept-encoding", "gzip")]
      for path in ["/list/5", "/list/30000", "/coded", "/untouched"] {
        let answer = try await platform.get(path, to: .gateway, gzip)
        #expect(answer["content-encoding"] != "gzip" && answer.json["success"]?.bool == true, "\(path)")
      }
      #expect(try await platform.get("/list/500", gzip)["content-encoding"] == nil, "a service's own port")
      let wanted = try await platform.get("/list/20", to: .gateway, [("accept-encoding", "identity;q=0, gzip")])
      #expect(wanted["content-encoding"] == "gzip")
      let impossible = try await platform.get("/list/500", to: .gateway, [("accept-encoding", "*;q=0")])
      #expect(impossible.status == 200 && impossible["content-encoding"] == nil)
    }
  }

  @Test(arguments: ContentCoding.allCases)
  func `have a tag of their own in each coding, which is as good as the other`(coding: ContentCoding) async throws {
    try await withPlatform([lists]) { platform async throws in
      let accept = [("accept-encoding", coding.rawValue)]
      let plain = try #require(try await platform.get("/list/500", to: .gateway)["etag"])
      let coded = try #require(try await platform.get("/list/500", to: .gateway, accept)["etag"])
      #expect(plain == "\"3\"" && coded == "\"3-\(coding.rawValue)\"")
      for tag in [plain, coded, "W/\(coded)", "\"2\", \(coded)"] {
        let known = try await platform.get("/list/500", to: .gateway, accept + [("if-none-match", tag)])
        #expect(known.status == 304 && known.body == [] && known["content-encoding"] == nil)
        #expect(known["etag"] == (tag == plain ? plain : coded), "\(tag)")
        let changed = try await platform.send("PUT", "/list", to: .gateway, [("if-match", tag)], body: "{}")
        #expect(changed.status == (tag == plain || tag == coded ? 200 : 400), "\(tag)")
      }
      for tag in ["\"2-\(coding.rawValue)\"", "\"3-zip\""] {
        #expect(try await platform.get("/list/500", to: .gateway, [("if-none-match", tag)]).status == 200)
      }
      let stale = try await platform.send(
        "PUT", "/list", to: .gateway, [("if-match", "\"2-\(coding.rawValue)\"")], body: "{}")
      #expect(stale.code == "stale_version")
    }
  }
}
