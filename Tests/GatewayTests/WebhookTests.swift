import FunctionKit
import Gateway
import PlatformTesting
import Postgres
import Runtime
import Testing

struct Paid: Webhook {
  struct Input: Delivery {
    var id: String
    var amount: Int
    var deliveryID: String { "paid-\(id)" }
  }

  func handle(_ input: Input, context: Context) async throws {}
}

private let till = BundleSource(
  "till",
  """
  needs: { secrets: [XENDIT_CALLBACK_TOKEN] }
  webhooks:
    Paid: { route: POST /webhooks/paid, verify: xendit, body: 1KiB }
  """, [.webhook(Paid.self)])

private let token = [("x-callback-token", "callback-token")]
private let first = #"{"id":"1","amount":5}"#

@Suite struct `A webhook` {
  @Test(arguments: [
    [], [("x-callback-token", "")], [("x-callback-token", "wrong")], [("x-callback-token", "callback-toke")],
    [("authorization", "Bearer callback-token")],
  ])
  func `without the right token is refused and not stored`(headers: [(String, String)]) async throws {
    try await withPlatform([till]) { platform in
      for body in [first, "{"] {
        let reply = try await platform.post("/webhooks/paid", to: .gateway, headers, body)
        #expect(reply.status == 401)
        #expect(reply.code == "unauthenticated")
      }
      #expect(try await platform.one("select count(*) from lakoo.inbox") == 0)
      #expect(platform.receiptCount == 0)
    }
  }

  @Test func `that proves nothing counts for many against its sender`() async throws {
    var setting = Setting()
    setting.host = "rateLimits: { webhook: { by: address, requests: 600, per: 1h, burst: 30 } }"
    try await withPlatform([till], setting) { platform async throws in
      for left in ["29", "28"] {
        #expect(try await platform.post("/webhooks/paid", to: .gateway, token, first)["ratelimit-remaining"] == left)
      }
      for status in [401, 401, 429] {
        #expect(try await platform.post("/webhooks/paid", to: .gateway, [], first).status == status)
      }
      #expect(try await platform.post("/webhooks/paid", to: .gateway, token, first).status == 429)
      platform.clock.advance(by: .seconds(6))
      #expect(try await platform.post("/webhooks/paid", to: .gateway, token, first).status == 200)
    }
  }

  @Test(arguments: [[("webhook-id", "w-1")], []])
  func `is stored before it is answered, and a repeat changes nothing`(id: [(String, String)]) async throws {
    try await withPlatform([till]) { platform in
      let reply = try await platform.post("/webhooks/paid", to: .gateway, token + id, first)
      #expect(reply.status == 200)
      #expect(reply["content-type"] == "application/json")
      #expect(reply.text == #"{"received":true}"#)
      #expect(platform.receiptCount == 1)
      let stored: String = try await platform.one(
        """
        select convert_from(data, 'UTF8') from lakoo.inbox join lakoo.pending using (id, function)
        where function = 'Paid' and delivery_id = \(id.first?.1 ?? "paid-1")
        """)
      #expect(stored == first)
      let changed = id.isEmpty ? first.replacing("5", with: "6") : #"{"id":"2","amount":6}"#
      for body in [first, changed] {
        let again = try await platform.post("/webhooks/paid", to: .gateway, token + id, body)
        #expect(again.status == 200)
        #expect(again.text == #"{"received":true,"duplicate":true}"#)
      }
      #expect(try await platform.one("select count(*) from lakoo.inbox") == 1)
      #expect(platform.receiptCount == 1)
    }
  }

  @Test func `repeated fifty times at once is stored once`() async throws {
    try await withPlatform([till]) { platform in
      let replies = try await withThrowingTaskGroup(of: Answer.self) { group in
        for _ in 0..<50 { group.addTask { try await platform.post("/webhooks/paid", to: .gateway, token, first) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(replies.allSatisfy { $0.status == 200 })
      #expect(replies.filter { $0.text == #"{"received":true}"# }.count == 1)
      #expect(try await platform.one("select count(*) from lakoo.inbox") == 1)
    }
  }

  @Test(arguments: [
    ("{", 400, "invalid_json"), ("", 400, "invalid_json"), (#"{"id":"1"}"#, 422, "validation_failed"),
    (String(repeating: " ", count: 1025), 413, "body_too_large"),
  ])
  func `with a body that is none is refused and not stored`(body: String, status: Int, code: String) async throws {
    try await withPlatform([till]) { platform in
      for id in [[], [("webhook-id", "w-1")]] {
        let reply = try await platform.post("/webhooks/paid", to: .gateway, token + id, body)
        #expect(reply.status == status)
        #expect(reply.code == code)
      }
      #expect(try await platform.one("select count(*) from lakoo.inbox") == 0)
    }
  }

  @Test func `that can't be stored is not acknowledged`() async throws {
    try await withPlatform([till]) { platform in
      try await platform.write("alter table lakoo.inbox rename to away")
      #expect(try await platform.post("/webhooks/paid", to: .gateway, token, first).status == 500)
      try await platform.write("alter table lakoo.away rename to inbox")
      #expect(platform.receiptCount == 0)
      #expect(try await platform.post("/webhooks/paid", to: .gateway, token, first).text == #"{"received":true}"#)
      await platform.bundle.pool?.close()
      let reply = try await platform.post("/webhooks/paid", to: .gateway, token, first)
      #expect(reply.status == 503)
      #expect(reply.code == "database_unavailable")
      #expect(reply["retry-after"] == "1")
      #expect(platform.receiptCount == 1)
    }
  }

  @Test func `is refused when the host has no token to compare with`() async throws {
    var setting = Setting()
    setting.secrets = [:]
    try await withPlatform([till], setting) { platform async throws in
      for headers in [[], token, [("x-callback-token", "")]] {
        #expect(try await platform.post("/webhooks/paid", to: .gateway, headers, first).status == 500)
      }
      #expect(try await platform.one("select count(*) from lakoo.inbox") == 0)
    }
  }
}
