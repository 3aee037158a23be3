import FunctionKit
import Gateway
import PlatformTesting
import Testing

@Suite struct `Refusals before and in the input` {
  @Test func `a problem has every field of the conventions and no other`() async throws {
    try await withPlatform([shop]) { platform in
      let reply = try await platform.get("/nothing/here?q=1")
      #expect(reply.status == 404)
      #expect(reply["content-type"] == "application/problem+json")
      #expect(
        reply.text == #"{"type":"about:blank","title":"Not Found","status":404,"#
          + #""detail":"There is no such route on this port.","instance":"/nothing/here","code":"not_found","#
          + #""success":false,"error":"There is no such route on this port.","details":[]}"#)
    }
  }

  @Test func `validation tells every failing field at once`() async throws {
    try await withPlatform([shop]) { platform in
      let types = try await platform.post("/orders", [], #"{"product":"x","quantity":"many"}"#)
      #expect(types.status == 422)
      #expect(types.code == "validation_failed")
      #expect(types.json["details"]?.array?.compactMap { $0["field"]?.string } == ["product", "quantity"])
      let rules = try await platform.post(
        "/orders", [], #"{"product":"\#(Keys.user)","quantity":10,"note":"too long"}"#)
      #expect(rules.json["details"]?.array?.compactMap { $0["field"]?.string } == ["quantity", "note"])
      #expect(
        rules.json["details"]?[0]
          == .object(
            JSONObject([
              ("field", .string("quantity")), ("message", .string("must be 1 to 9")), ("code", .string("range")),
            ])))
      #expect(rules.json["error"] == rules.json["detail"])
    }
  }

  @Test func `unknown fields are ignored, and all of a wrong type are named`() async throws {
    try await withPlatform([shop]) { platform in
      let known = try await platform.post(
        "/orders", [], #"{"product":"\#(Keys.user)","quantity":1,"colour":{"deep":[1,2]},"note":null}"#)
      #expect(known.status == 200)
      let wrong = try await platform.post("/orders", [], #"{"product":7,"quantity":"1","note":[],"colour":1}"#)
      #expect(wrong.status == 422)
      #expect(
        wrong.json["details"]?.array?.compactMap { "\($0["field"]?.string ?? "") \($0["code"]?.string ?? "")" } == [
          "product type", "quantity type", "note type",
        ])
    }
  }

  @Test func `JSON that is none is refused with the place`() async throws {
    try await withPlatform([shop]) { platform in
      let reply = try await platform.post("/orders", [], "{\n  \"quantity\": 1,,\n}")
      #expect(reply.status == 400)
      #expect(reply.code == "invalid_json")
      #expect(reply.json["detail"]?.string?.contains("line 2, column 17") == true)
      #expect(reply.json["instance"]?.string == "/orders")
    }
  }

  @Test(
    arguments: [
      (nil, 415), ("text/plain", 415), ("application/x-www-form-urlencoded", 415), ("application/jsonp", 415),
      ("application/json", 200), ("Application/JSON; charset=utf-8", 200), ("application/merge-patch+json", 200),
    ] as [(String?, Int)])
  func `a body has to say that it is JSON`(type: String?, status: Int) async throws {
    try await withPlatform([shop]) { platform in
      let body = #"{"product":"\#(Keys.user)","quantity":1}"#
      let reply = try await platform.send("POST", "/orders", body: body, type: type)
      #expect(reply.status == status)
      #expect(reply.code == (status == 200 ? nil : "unsupported_media_type"))
    }
  }

  @Test func `a body over the function's own limit is refused, announced or in chunks`() async throws {
    try await withPlatform([shop]) { platform in
      let big = String(repeating: " ", count: 1025)
      let announced = try await platform.post("/orders", [("x-request-id", "r-1")], big)
      #expect(announced.json["instance"]?.string == "/orders")
      #expect(announced["x-request-id"] == "r-1")
      let head = "POST /orders HTTP/1.1\r\nhost: h\r\nconnection: close\r\ncontent-type: application/json\r\n"
      let chunked = "\(head)transfer-encoding: chunked\r\n\r\n401\r\n\(big)\r\n0\r\n\r\n"
      let inChunks = try await platform.send(bytes: Array(chunked.utf8), to: .service("shop"))
      for reply in [announced, inChunks] {
        #expect(reply.status == 413)
        #expect(reply.code == "body_too_large")
        #expect(reply["content-type"] == "application/problem+json")
      }
      #expect(try await platform.post("/orders", [], String(repeating: " ", count: 1024)).code == "invalid_json")
    }
  }
}
