import Crypto
import FunctionKit
import Gateway
import PlatformTesting
import Postgres
import Testing

/// A delivery that its function has no name for.
private struct Anything: Webhook {
  struct Input: Delivery {}

  func handle(_ input: Input, context: Context) async throws {}
}

@Suite struct `What a delivery goes by` {
  @Test(arguments: [
    ("header:X-Event", [("x-event", "e-1")], #"{"event":{"id":"e-2"}}"#, "e-1"),
    ("body:event.id", [("x-event", "e-1")], #"{"event":{"id":"e-2"}}"#, "e-2"),
    ("body:event.id", [], #"{"event":{"id":12345678901234567890}}"#, "12345678901234567890"),
    ("body:id", [], #"{"event":{"id":"e-2"},"id":"é"}"#, "é"),
  ]) func `is the id that its sender gives it`(
    id: String, headers: [(String, String)], body: String, name: String
  ) async throws {
    #expect(try await stored(id, headers, body) == name)
  }

  @Test(arguments: [
    ("header:X-Event", [], "{}"), ("header:X-Event", [("x-event", "")], "{}"),
    ("header:X-Event", [("x-event", "a"), ("x-event", "b")], "{}"), (nil, [("webhook-id", "w-1")], "{}"),
    ("body:event.id", [], "{}"), ("body:event.id", [], "[]"), ("body:event.id", [], #"{"event":"id"}"#),
    ("body:event.id", [], #"{"event":{"id":null}}"#), ("body:event.id", [], #"{"event":{"id":{"id":"x"}}}"#),
    ("body:event.id", [], #"{"event":{"id":""}}"#), ("body:event.id", [], #"{"event.id":"x"}"#),
  ]) func `is its bytes when nothing names it`(id: String?, headers: [(String, String)], body: String) async throws {
    #expect(try await stored(id, headers, body) == hexString(sha256(Array(body.utf8))))
  }

  @Test(arguments: [String(repeating: "x", count: 201), "a\u{0}b"])
  func `is the digest of a name that no index takes`(name: String) async throws {
    let body = #"{"id":"\#(name.replacing("\u{0}", with: "\\u0000"))"}"#
    #expect(try await stored("body:id", [], body) == hexString(sha256(Array(name.utf8))))
  }

  @Test func `is its function's word when the sender has none, and two bodies of one name are one`() async throws {
    var setting = Setting()
    setting.secrets = ["HOOK": Sender.hex.secret]
    try await withPlatform([till(.hex)], setting) { platform async throws in
      for (body, text) in [
        (#"{"id":"1","amount":5}"#, #"{"received":true}"#), (#"{"id":"2","amount":5}"#, #"{"received":true}"#),
        (#"{"id":"1","amount":6}"#, #"{"received":true,"duplicate":true}"#),
      ] {
        let headers = Sender.hex.prove(Sender.hex.secret, 0, body)
        #expect(try await platform.post("/webhooks/paid", to: .gateway, headers, body).text == text)
      }
      #expect(try await platform.one("select delivery_id from lakoo.inbox where seq = 1") == "paid-1")
    }
  }

  private func stored(_ id: String?, _ headers: [(String, String)], _ body: String) async throws -> String {
    let source = BundleSource(
      "till",
      """
      needs: { secrets: [HOOK] }
      webhooks:
        Anything: { route: POST /webhooks/any, verify: \(Sender.token.verify)\(id.map { ", id: \($0)" } ?? "") }
      """, [.webhook(Anything.self)])
    var setting = Setting()
    setting.secrets = ["HOOK": Sender.token.secret]
    return try await withPlatform([source], setting) { platform in
      let all = headers + Sender.token.prove(Sender.token.secret, 0, body)
      for text in [#"{"received":true}"#, #"{"received":true,"duplicate":true}"#] {
        #expect(try await platform.post("/webhooks/any", to: .gateway, all, body).text == text)
      }
      return try await platform.one("select delivery_id from lakoo.inbox")
    }
  }
}
