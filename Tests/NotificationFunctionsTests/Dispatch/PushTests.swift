import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

@Suite struct PushTests {
  @Test func `a push goes to every live device, let in once`() async throws {
    try await withDispatch { notification, carriers in
      let id = try await notification.push("high")
      let user: ID = try await notification.one("select user_id from notification")
      try await notification.register("second-token", for: user)
      try await notification.register("gone-token", for: user)
      try await notification.write("update device set disabled_at = now() where token = 'gone-token'")
      try await notification.fire("DispatchDue")
      try #require(carriers.names == ["google-oauth", "fcm", "fcm"])
      #expect(try await notification.mailState() == "sent 1 -")
      let tokens = try carriers.calls.filter { $0.upstream == "fcm" }.map { try $0.message["token"]?.string ?? "" }
      #expect(tokens.sorted() == ["second-token", "token-0123456789"])
      let call = carriers.calls[1]
      #expect(call.path == "/v1/projects/lakoo/messages:send" && call.header("authorization") == "Bearer let-in-1")
      #expect(try call.message["notification"]?["title"]?.string == "Title")
      #expect(try call.message["android"]?["priority"]?.string == "HIGH")
      #expect(try call.message["apns"]?["headers"]?["apns-collapse-id"]?.string == id.description)
      #expect(try call.message["data"]?["type"]?.string == "payment_success")
      let kept: Bool = try await notification.one(
        "select position('let-in' in encode(token, 'escape')) = 0 from carrier_access")
      #expect(kept)
    }
  }

  @Test func `we say who we are with a signed claim, and again before the hour is over`() async throws {
    try await withDispatch { notification, carriers in
      _ = try await notification.push()
      try await notification.fire("DispatchDue")
      let call = try #require(carriers.calls.first)
      let form = String(decoding: call.body, as: UTF8.self)
      #expect(call.path == "/token")
      #expect(form.hasPrefix("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=eyJ"))
      #expect(form.split(separator: ".").count == 3 && !form.contains("%2B") && !form.contains("%3D"))
      notification.clock.advance(by: .minutes(54))
      _ = try await notification.push()
      try await notification.fire("DispatchDue")
      notification.clock.advance(by: .minutes(2))
      _ = try await notification.push()
      try await notification.fire("DispatchDue")
      #expect(carriers.names == ["google-oauth", "fcm", "fcm", "google-oauth", "fcm"])
    }
  }

  @Test func `access that was revoked is asked for anew, once`() async throws {
    try await withDispatch { notification, carriers in
      _ = try await notification.push()
      carriers.answer = { request in
        if request.upstream == "google-oauth" { return Carriers.letIn("new") }
        return UpstreamResponse(
          status: 401, headers: [], body: Array(#"{"error":{"code":401,"status":"UNAUTHENTICATED"}}"#.utf8))
      }
      try await notification.fire("DispatchDue")
      #expect(carriers.names == ["google-oauth", "fcm", "google-oauth", "fcm"])
      #expect(try await notification.mailState() == "failed 1 fcm_401")
    }
  }

  @Test(arguments: [
    (404, "UNREGISTERED", "", "failed 1 no_device", "unregistered"),
    (400, "INVALID_ARGUMENT", "message.token", "failed 1 no_device", "invalid_argument"),
    (400, "INVALID_ARGUMENT", "", "failed 1 no_device", "invalid_argument"),
    (400, "INVALID_ARGUMENT", "message.data", "failed 1 fcm_invalid_argument", "-"),
    (403, "SENDER_ID_MISMATCH", "", "failed 1 no_device", "sender_id_mismatch"),
    (429, "QUOTA_EXCEEDED", "", "pending 1 -", "-"), (503, "UNAVAILABLE", "", "pending 1 -", "-"),
    (500, "INTERNAL", "", "pending 1 -", "-"),
    (401, "THIRD_PARTY_AUTH_ERROR", "", "failed 1 fcm_third_party_auth_error", "-"),
  ])
  func `each error has its consequence`(
    status: Int, code: String, field: String, state: String, reason: String
  ) async throws {
    try await withDispatch { notification, carriers in
      _ = try await notification.push()
      let violations: JSON = field.isEmpty ? [] : [["field": .string(field)]]
      let body: JSON = [
        "error": ["code": 1, "details": [["errorCode": .string(code)], ["fieldViolations": violations]]]
      ]
      carriers.answer = { request in
        request.upstream == "fcm"
          ? UpstreamResponse(status: status, headers: [], body: body.serialized())
          : Carriers.letIn("t")
      }
      try await notification.fire("DispatchDue")
      #expect(try await notification.mailState() == state)
      let disabled: String = try await notification.one("select coalesce(disable_reason, '-') from device")
      #expect(disabled == reason)
    }
  }

  @Test func `one device that is reached is enough, and a dead one is not asked again`() async throws {
    try await withDispatch { notification, carriers in
      _ = try await notification.push()
      let user: ID = try await notification.one("select user_id from notification")
      try await notification.register("second-token", for: user)
      carriers.answer = { request in
        String(decoding: request.body, as: UTF8.self).contains("second-token")
          ? Carriers.unregistered : Carriers.letIn("t")
      }
      try await notification.fire("DispatchDue")
      #expect(try await notification.mailState() == "sent 1 -")
      let live: [String] = try await notification.query("select token from device where disabled_at is null")
      #expect(live == ["token-0123456789"])
    }
  }

  /// Example 15, to the second: 10:00:00, 10:00:30, 10:02:30, 10:12:30, 11:12:30.
  @Test func `a push that fails five times has failed, and WhatsApp is tried once`() async throws {
    try await withDispatch { notification, carriers in
      _ = try await notification.push("high")
      carriers.answer = { request in
        request.upstream == "google-oauth"
          ? Carriers.letIn("t")
          : UpstreamResponse(status: request.upstream == "fcm" ? 503 : 201, headers: [], body: Array("{}".utf8))
      }
      let begin = notification.clock.now
      for second in [0, 30, 150, 750, 4350] as [Int64] {
        // The jitter is another test's: here each wait is exactly its own.
        try await notification.write(
          "update notification set next_attempt_at = \(begin + .seconds(second)) where status = 'pending'")
        notification.clock.advance(by: begin + .seconds(second - 1) - notification.clock.now)
        let before = carriers.calls.count
        try await notification.fire("DispatchDue")
        #expect(carriers.calls.count == before)
        notification.clock.advance(by: .seconds(1))
        try await notification.fire("DispatchDue")
      }
      let failedAt: Instant = try await notification.one("select failed_at from notification where channel = 'push'")
      #expect(failedAt >= begin + .seconds(4350) && failedAt < begin + .seconds(4360))
      let failed = try await notification.events("notification.failed")
      #expect(failed.count == 1 && failed.first?.data["attempts"] == 5)
      try await notification.fire("DispatchDue")
      #expect(carriers.names.filter { $0 == "whatsapp" }.count == 1)
      let rows: [String] = try await notification.query("select channel || ' ' || status from notification order by 1")
      #expect(rows == ["push failed", "whatsapp sent"])
    }
  }

  @Test(
    arguments: [
      ("normal", []), ("high", ["whatsapp", "email"]), ("urgent", ["whatsapp", "sms", "email"]),
    ] as [(String, [String])])
  func `a pressing push falls back from channel to channel, each once`(priority: String, chain: [String]) async throws {
    try await withDispatch { notification, carriers in
      _ = try await notification.push(priority)
      carriers.answer = { request in
        request.upstream == "google-oauth" ? Carriers.letIn("t") : Carriers.unregistered
      }
      for _ in 1...6 { try await notification.fire("DispatchDue") }
      let rows: [String] = try await notification.query("select channel || ' ' || status from notification order by id")
      #expect(rows == (["push"] + chain).map { "\($0) failed" })
    }
  }

  @Test func `what goes out by mail anyway needs nothing in the place of its push`() async throws {
    try await withDispatch { notification, carriers in
      let user = notification.newID()
      try await notification.introduce(user)
      try await notification.write("update notification_preference set whatsapp_enabled = false")
      try await notification.pay(user)
      try await notification.write("delete from device")
      for _ in 1...3 { try await notification.fire("DispatchDue") }
      let rows: [String] = try await notification.query("select channel || ' ' || status from notification order by 1")
      #expect(rows == ["email sent", "in_app delivered", "push failed"])
    }
  }

  @Test func `what was called off is not sent on another channel either`() async throws {
    try await withDispatch { notification, carriers in
      _ = try await notification.push("urgent")
      try await notification.write("update notification set cancel_key = 'k'")
      carriers.answer = { request in
        _ = try await notification.call("CancelScheduled", body: ["cancelKey": "k"], caller: .service)
        return UpstreamResponse(status: 400, headers: [], body: Array(#"{"access_token":"t"}"#.utf8))
      }
      try await notification.fire("DispatchDue")
      let count: Int = try await notification.one("select count(*) from notification")
      #expect(count == 1)
    }
  }

  @Test func `a suppressed address is left alone until its time is over`() async throws {
    try await withDispatch { notification, carriers in
      try await notification.mail()
      let end = notification.clock.now + .days(7)
      try await notification.write(
        """
        insert into suppression (channel, address_hash, reason, until, created_at, updated_at)
        select 'email', address_hash(email::text), 'bounce', \(end), now(), now() from recipient
        """)
      try await notification.fire("DispatchDue")
      #expect(try await notification.mailState() == "failed 1 suppressed" && carriers.calls.isEmpty)
      let user: ID = try await notification.one("select user_id from notification")
      try await notification.pay(user)
      let channels = try await notification.messages(to: user).dropFirst().map(\.channel)
      #expect(channels.sorted() == ["in_app", "push", "whatsapp"])
      notification.clock.advance(by: .days(7))
      try await notification.pay(user)
      #expect(try await notification.messages(to: user).filter { $0.channel == "email" }.count == 2)
    }
  }

  @Test func `a long text is cut at a character, whole`() {
    #expect("abc".cut(to: 3) == "abc" && "abcd".cut(to: 3) == "abc…" && "aéé".cut(to: 4) == "aé…")
  }
}

extension UpstreamRequest {
  fileprivate var message: JSON { get throws { try JSON.parse(body)["message"] ?? .null } }
}
