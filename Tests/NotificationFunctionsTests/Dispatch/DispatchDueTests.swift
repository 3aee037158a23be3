import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

@Suite struct DispatchDueTests {
  @Test func `due messages go to their carriers, once`() async throws {
    try await withDispatch { notification, carriers in
      let user = notification.newID()
      try await notification.introduce(user)
      try await notification.pay(user)
      for _ in 1...2 { try await notification.fire("DispatchDue") }
      #expect(carriers.names.sorted() == ["fcm", "google-oauth", "sendgrid", "whatsapp"])
      let sent: [String] = try await notification.query(
        "select channel from notification where status = 'sent' and attempts = 1 and sent_at is not null order by 1")
      #expect(sent == ["email", "push", "whatsapp"])
      let deliveries: [String] = try await notification.query(
        """
        select provider || ' ' || provider_message_id || ' ' || recipient_masked || ' ' || status from delivery
        where provider <> 'in_app' order by 1
        """)
      try #require(deliveries.count == 3)
      #expect(deliveries[0] == "fcm projects/lakoo/messages/1 1 devices sent")
      #expect(deliveries[1].hasPrefix("sendgrid mail-1 ") && deliveries[1].hasSuffix("***@example.com sent"))
      #expect(deliveries[2] == "whatsapp wa-1 +62****890 sent")
      let events = try await notification.events("notification.sent").map { $0.data["provider"]?.string ?? "" }
      #expect(events.sorted() == ["fcm", "in_app", "sendgrid", "whatsapp"])
    }
  }

  @Test func `each carrier gets what it wants`() async throws {
    try await withDispatch { notification, carriers in
      let user = notification.newID()
      try await notification.introduce(user)
      try await notification.pay(user)
      try await notification.write(
        "update notification set channel = 'sms', short_text = 'Sudah' where channel = 'push'")
      try await notification.fire("DispatchDue")
      let mail = try #require(carriers.calls.first { $0.upstream == "sendgrid" })
      #expect(mail.path == "/v3/mail/send" && mail.header("authorization") == "Bearer test-SENDGRID_API_KEY")
      let json = try JSON.parse(mail.body)
      let person = json["personalizations"]?.array?.first
      #expect(person?["to"]?.array?.first?["email"]?.string == "\(user)@example.com")
      let id: ID = try await notification.one("select id from notification where channel = 'email'")
      #expect(person?["custom_args"]?["msg_id"]?.string == id.description)
      #expect(json["content"]?.array?.map { $0["type"]?.string } == ["text/plain", "text/html"])
      let text = try #require(carriers.calls.first { $0.upstream == "twilio" })
      #expect(text.path == "/2010-04-01/Accounts/test-TWILIO_ACCOUNT_SID/Messages.json")
      #expect(text.header("authorization")?.hasPrefix("Basic ") == true)
      #expect(
        String(decoding: text.body, as: UTF8.self)
          == "To=%2B6281234567890&MessagingServiceSid=test-TWILIO_MESSAGING_SERVICE_SID&Body=Sudah"
          + "&StatusCallback=https%3A%2F%2Fapi.lakoo.id%2Fwebhooks%2Ftwilio")
      let chat = try #require(carriers.calls.first { $0.upstream == "whatsapp" })
      #expect(chat.header("apikey") == "test-WHATSAPP_BRIDGE_KEY")
      #expect(try JSON.parse(chat.body)["number"]?.string == "6281234567890")
    }
  }

  @Test func `five failures with their waits between, and then it has failed`() async throws {
    try await withDispatch { notification, carriers in
      try await notification.mail()
      carriers.answer = { _ in UpstreamResponse(status: 503, headers: [], body: []) }
      for wait in [30, 120, 600, 3600] as [Int64] {
        let begin = notification.clock.now
        try await notification.fire("DispatchDue")
        let due: Instant = try await notification.one("select next_attempt_at from notification")
        #expect(due >= begin + .milliseconds(wait * 900))
        #expect(due <= notification.clock.now + .milliseconds(wait * 1_100))
        let early = carriers.calls.count
        try await notification.go(to: "\(due - .seconds(10))")
        try await notification.fire("DispatchDue")
        #expect(carriers.calls.count == early)
        try await notification.go(to: "\(due + .milliseconds(1))")
      }
      try await notification.fire("DispatchDue")
      #expect(carriers.calls.count == 5)
      #expect(try await notification.mailState() == "failed 5 unavailable")
      let failed = try await notification.events("notification.failed")
      #expect(
        failed.count == 1 && failed.first?.data["attempts"] == 5 && failed.first?.data["errorCode"] == "unavailable")
      notification.clock.advance(by: .days(1))
      try await notification.fire("DispatchDue")
      #expect(carriers.calls.count == 5)
    }
  }

  @Test(arguments: [
    ("email", 400, "{}", "failed 1 sendgrid_400"), ("email", 401, "", "failed 1 sendgrid_401"),
    ("email", 429, "", "pending 1 -"), ("email", 500, "", "pending 1 -"), ("email", 202, "", "sent 1 -"),
    ("sms", 400, #"{"code":21211}"#, "failed 1 twilio_21211"), ("sms", 404, "<html>", "failed 1 twilio_404"),
    ("sms", 429, #"{"code":20429}"#, "pending 1 -"), ("sms", 500, "", "failed 1 outcome_unknown"),
    ("sms", 201, #"{"sid":"SM1"}"#, "sent 1 -"),
    ("whatsapp", 400, #"{"response":{"message":[{"exists":false}]}}"#, "failed 1 not_on_whatsapp"),
    ("whatsapp", 400, #"{"response":{"message":["Connection Closed"]}}"#, "pending 1 -"),
    ("whatsapp", 400, "?", "pending 1 -"), ("whatsapp", 401, "", "failed 1 whatsapp_401"),
    ("whatsapp", 502, "", "pending 1 -"), ("whatsapp", 201, #"{"key":{"id":"k"}}"#, "sent 1 -"),
  ])
  func `each answer has its consequence`(channel: String, status: Int, body: String, state: String) async throws {
    try await withDispatch { notification, carriers in
      try await notification.mail()
      try await notification.write("update notification set channel = \(channel)")
      carriers.answer = { _ in UpstreamResponse(status: status, headers: [], body: Array(body.utf8)) }
      try await notification.fire("DispatchDue")
      #expect(try await notification.mailState() == state)
      #expect(carriers.calls.count == 1)
    }
  }

  @Test(arguments: [
    ("email", true, "failed 2 outcome_unknown", 2), ("whatsapp", true, "failed 2 outcome_unknown", 2),
    ("sms", true, "failed 1 outcome_unknown", 1), ("sms", false, "failed 5 unreachable", 5),
  ])
  func `a lost answer is repeated once at most, a call that never left five times`(
    channel: String, mayHaveArrived: Bool, state: String, calls: Int
  ) async throws {
    try await withDispatch { notification, carriers in
      try await notification.mail()
      try await notification.write("update notification set channel = \(channel)")
      carriers.answer = { _ in throw UpstreamError(message: "timed out", mayHaveArrived: mayHaveArrived) }
      for _ in 1...7 {
        try await notification.fire("DispatchDue")
        notification.clock.advance(by: .hours(2))
      }
      #expect(try await notification.mailState() == state)
      #expect(carriers.calls.count == calls)
    }
  }

  @Test(arguments: [("email", "sent 2 -", 2), ("sms", "failed 1 outcome_unknown", 1)])
  func `what was cut off after the call ends with its lease`(channel: String, state: String, calls: Int) async throws {
    try await withDispatch { notification, carriers in
      try await notification.mail()
      try await notification.write("update notification set channel = \(channel)")
      carriers.answer = { _ in throw CutOff() }
      try await notification.fire("DispatchDue")
      #expect(try await notification.mailState() == "queued 1 -")
      carriers.answer = nil
      notification.clock.advance(by: .seconds(59))
      try await notification.fire("DispatchDue")
      #expect(try await notification.mailState() == "queued 1 -")
      notification.clock.advance(by: .seconds(1))
      try await notification.fire("DispatchDue")
      notification.clock.advance(by: .seconds(34))
      try await notification.fire("DispatchDue")
      #expect(try await notification.mailState() == state)
      #expect(carriers.calls.count == calls)
    }
  }

  @Test func `two dispatchers at once hand each message over once`() async throws {
    try await withDispatch { notification, carriers in
      for _ in 1...12 { try await notification.mail() }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 1...4 { group.addTask { try await notification.fire("DispatchDue") } }
        try await group.waitForAll()
      }
      #expect(carriers.calls.count == 12)
      let sent: Int = try await notification.one("select count(*) from notification where status = 'sent'")
      #expect(sent == 12)
      #expect(try await notification.events("notification.sent").count == 12)
    }
  }

  @Test func `a carrier in trouble is spared, and tried again with one message`() async throws {
    try await withDispatch { notification, carriers in
      for _ in 1...25 { try await notification.mail() }
      carriers.answer = { _ in UpstreamResponse(status: 503, headers: [], body: []) }
      try await notification.fire("DispatchDue")
      #expect(carriers.calls.count == 20)
      notification.clock.advance(by: .seconds(29))
      try await notification.fire("DispatchDue")
      #expect(carriers.calls.count == 20)
      notification.clock.advance(by: .seconds(1))
      try await notification.fire("DispatchDue")
      #expect(carriers.calls.count == 21)
      carriers.answer = nil
      notification.clock.advance(by: .seconds(34))
      try await notification.fire("DispatchDue")
      let sent: Int = try await notification.one("select count(*) from notification where status = 'sent'")
      #expect(sent >= 24)
    }
  }

  @Test func `an address that is gone fails without a call`() async throws {
    try await withDispatch { notification, carriers in
      try await notification.mail()
      try await notification.write("update recipient set deleted_at = now()")
      try await notification.fire("DispatchDue")
      #expect(try await notification.mailState() == "failed 1 no_address")
      #expect(carriers.calls.isEmpty)
    }
  }

  @Test func `what is called off during an attempt is not tried again`() async throws {
    try await withDispatch { notification, carriers in
      try await notification.mail()
      try await notification.write("update notification set cancel_key = 'payment_reminder:1'")
      carriers.answer = { _ in
        _ = try await notification.call("CancelScheduled", body: ["cancelKey": "payment_reminder:1"], caller: .service)
        return UpstreamResponse(status: 503, headers: [], body: [])
      }
      try await notification.fire("DispatchDue")
      notification.clock.advance(by: .hours(1))
      try await notification.fire("DispatchDue")
      #expect(try await notification.mailState() == "cancelled 1 -")
      #expect(carriers.calls.count == 1)
    }
  }

  @Test func `a retry waits for the end of the quiet hours`() async throws {
    try await withDispatch { notification, carriers in
      try await notification.mail()
      try await notification.write("update notification set channel = 'whatsapp'")
      try await notification.write(
        """
        update notification_preference set quiet_enabled = true, timezone = 'UTC',
          quiet_start = to_char((\(notification.clock.now)::timestamptz at time zone 'UTC') - interval '1 hour', 'HH24:MI'),
          quiet_end = to_char((\(notification.clock.now)::timestamptz at time zone 'UTC') + interval '2 hours', 'HH24:MI')
        """)
      carriers.answer = { _ in UpstreamResponse(status: 503, headers: [], body: []) }
      try await notification.fire("DispatchDue")
      let waits: Bool = try await notification.one(
        """
        select next_attempt_at between \(notification.clock.now + .minutes(119)) and \(notification.clock.now + .hours(2))
        from notification
        """)
      #expect(waits)
    }
  }

  @Test func `an advertisement has a button that ends such letters`() async throws {
    try await withDispatch { notification, carriers in
      try await notification.mail()
      try await notification.write(#"update notification set metadata = '{"unsubscribe": "t-1"}'"#)
      try await notification.fire("DispatchDue")
      let mail = try JSON.parse(try #require(carriers.calls.first).body)
      let headers = mail["personalizations"]?.array?.first?["headers"]
      #expect(headers?["List-Unsubscribe"]?.string == "<https://api.lakoo.id/unsubscribe?token=t-1>")
      #expect(headers?["List-Unsubscribe-Post"]?.string == "List-Unsubscribe=One-Click")
    }
  }
}
