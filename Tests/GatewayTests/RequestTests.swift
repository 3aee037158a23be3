import FunctionKit
import PlatformTesting
import Testing

@Suite struct `The parts of a request` {
  @Test(
    arguments: [
      ("/echo/a%20b%2Fc", "a b/c", nil), ("/echo/a+b", "a+b", nil), ("/echo/%c3%A9", "é", nil),
      ("/echo/x?q=a+b%2B%26", "x", "a b+&"), ("/echo/x?q=a=b", "x", "a=b"), ("/echo/x?q=", "x", ""),
      ("/echo/x?&&q=1&&", "x", "1"), ("/echo/x?%71=1", "x", "1"), ("/echo/x?other=1", "x", nil),
      ("/echo/x?id=y", "x", nil), ("/echo/%25zz", "%zz", nil),
    ] as [(String, String, String?)])
  func `path and query are decoded once, and plus is a space in the query only`(
    target: String, id: String, q: String?
  ) async throws {
    try await withPlatform([shop]) { platform in
      let data = try await platform.get(target).data
      #expect(data?["id"]?.string == id)
      #expect(data?["q"]?.string == q)
    }
  }

  @Test(arguments: [
    "/echo/%", "/echo/%2", "/echo/%zz", "/echo/%ff", "/echo/%c3", "/echo/x?q=%", "/echo/x?q=%f", "/echo/x?%zz=1",
    "/echo/x?q=%ff", "/echo/a%00b", "/echo/x?q=%00",
  ])
  func `a broken escape is refused`(target: String) async throws {
    try await withPlatform([shop]) { platform in
      let reply = try await platform.get(target)
      #expect(reply.status == 400)
      #expect(reply.code == "bad_request")
      #expect(reply.json["instance"]?.string == String(target.prefix { $0 != "?" }))
    }
  }

  @Test func `a name that comes again is a list`() async throws {
    try await withPlatform([shop]) { platform in
      let tags = try await platform.get("/echo/x?tags=a&tags=b%20c&tags=").data?["tags"]
      #expect(tags == .array([.string("a"), .string("b c"), .string("")]))
      #expect(try await platform.get("/echo/x?tags=a").data?["tags"] == .array([.string("a")]))
    }
  }

  @Test func `a request id is echoed when it can stand in a header and a log, and made otherwise`() async throws {
    try await withPlatform([shop]) { platform in
      for good in ["r-1", String(repeating: "a", count: 128)] {
        #expect(try await platform.get("/visit/public", [("x-request-id", good)])["x-request-id"] == good)
        #expect(try await platform.get("/nothing", [("x-request-id", good)])["x-request-id"] == good)
      }
      for bad in ["", "a b", "é", String(repeating: "a", count: 129)] {
        let made = try await platform.get("/visit/public", [("x-request-id", bad)])["x-request-id"]
        #expect(made.flatMap(ID.init) != nil, "\(bad)")
      }
      let (one, two) = (try await platform.get("/visit/public"), try await platform.get("/visit/public"))
      #expect(one["x-request-id"] != two["x-request-id"])
    }
  }
}
