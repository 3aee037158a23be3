import FunctionKit
import FunctionTesting
import NotificationFunctions
import Runtime
import Testing

@Suite struct TextStatusTests {
  @Test(arguments: [
    (["sent"], "sent sent"), (["delivered", "sent"], "delivered delivered"), (["read"], "delivered opened"),
    (["queued", "sending"], "sent sent"), (["undelivered"], "failed failed"),
    (["failed", "delivered"], "failed failed"),
    (["delivered", "failed"], "delivered delivered"),
  ])
  func `what Twilio tells moves a text message forward`(statuses: [String], state: String) async throws {
    try await withDispatch { notification, _ in
      try await notification.sendOne("sms")
      for status in statuses + statuses { try await notification.text(status) }
      #expect(try await notification.progress() == state)
      let kept: Int = try await notification.one("select count(*) from webhook_inbox")
      #expect(kept == statuses.count)
    }
  }

  @Test(
    arguments: [
      ("30005", ["sms invalid ever"]), ("21610", ["sms unsubscribe ever"]), ("30003", []),
    ] as [(String, [String])])
  func `a number that there is not is not written to again`(code: String, suppressions: [String]) async throws {
    try await withDispatch { notification, _ in
      try await notification.sendOne("sms")
      try await notification.text("undelivered", code: code)
      #expect(try await notification.suppressions() == suppressions)
      let failed = try await notification.events("notification.failed")
      #expect(failed.map { $0.data["errorCode"] } == [.string("twilio_\(code)")])
    }
  }

  @Test(arguments: [
    (["sent"], "sent sent"), (["delivered"], "delivered delivered"), (["read", "delivered"], "delivered opened"),
    (["failed"], "failed failed"), (["odd"], "sent sent"),
  ])
  func `what the bridge tells moves a WhatsApp message forward`(statuses: [String], state: String) async throws {
    try await withDispatch { notification, _ in
      try await notification.sendOne("whatsapp")
      for status in statuses + statuses {
        try await notification.receive("WhatsAppStatus", body: ["id": "m-1", "status": .string(status)])
      }
      #expect(try await notification.progress() == state)
    }
  }

  @Test func `numbers that are not on WhatsApp are not asked again, however they are written`() async throws {
    try await withDispatch { notification, _ in
      try await notification.sendOne("whatsapp")
      let body: JSON = ["id": "m-1", "status": "failed", "number": "6281234567890", "error": "not_on_whatsapp"]
      try await notification.receive("WhatsAppStatus", body: body)
      #expect(try await notification.suppressions() == ["whatsapp invalid ever"])
      let user: ID = try await notification.one("select user_id from notification")
      try await notification.pay(user)
      #expect(try await !notification.messages(to: user).dropFirst().contains { $0.channel == "whatsapp" })
    }
  }

  @Test func `what stood in for a push and did not arrive is followed by the next`() async throws {
    try await withDispatch { notification, carriers in
      let push = try await notification.push("high")
      carriers.answer = { request in
        switch request.upstream {
        case "google-oauth": Carriers.letIn("t")
        case "fcm": Carriers.unregistered
        default: UpstreamResponse(status: 201, headers: [], body: Array(#"{"key":{"id":"wa"}}"#.utf8))
        }
      }
      for _ in 1...2 { try await notification.fire("DispatchDue") }
      for _ in 1...2 { try await notification.receive("WhatsAppStatus", body: ["id": "wa", "status": "failed"]) }
      carriers.answer = nil
      try await notification.fire("DispatchDue")
      let rows: [String] = try await notification.query(
        "select channel || ' ' || status from notification where id >= \(push) order by id")
      #expect(rows == ["push failed", "whatsapp failed", "email sent"])
    }
  }
}

extension BundleUnderTest {
  fileprivate func text(_ status: String, code: String? = nil) async throws {
    var body: JSONObject = ["MessageSid": "m-1", "MessageStatus": .string(status), "To": "+6281234567890"]
    body["ErrorCode"] = code.map(JSON.string)
    try await receive("TwilioStatus", body: .object(body))
  }
}
