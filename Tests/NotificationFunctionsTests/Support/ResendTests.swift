import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// What failed is sent again by hand: once for each time that somebody asks, and never against its user.
@Suite struct ResendTests {
  @Test func `a failed message is due again, and what was tried before stays in the list`() async throws {
    try await withDispatch { notification, carriers in
      let id = try await notification.failedMail(carriers)
      let reply = try await notification.resend(id)
      #expect(reply.status == 202, "\(reply.json)")
      #expect(reply.data["status"] == "pending" && reply.data["attempts"] == 1 && reply.data["channel"] == "email")
      #expect(!String(decoding: reply.body, as: UTF8.self).contains("Title"))
      try await notification.fire("DispatchDue")
      #expect(try await notification.tries(id) == ["1 failed", "2 sent"])
      #expect(try await notification.mailState() == "sent 2 -")
      #expect(carriers.mailIDs == [id.description, id.description])
      #expect(try await notification.events("notification.sent").count == 1)
      let history = try await notification.query(
        """
        select entity || ' ' || entity_id || ' ' || from_state || ' ' || to_state || ' ' || trigger || ' ' || actor
          || ' ' || note
        from state_history
        """, as: String.self)
      #expect(
        history == ["notification \(id) failed pending ResendNotification \(sampleUser(700)) sendgrid_400"])
    }
  }

  @Test func `it has five attempts of its own, with the usual waits`() async throws {
    try await withDispatch { notification, carriers in
      let id = try await notification.failedMail(carriers)
      #expect(try await notification.resend(id).status == 202)
      carriers.answer = { _ in UpstreamResponse(status: 503, headers: [], body: []) }
      for wait in [30, 120, 600, 3600] as [Int64] {
        let (before, begin) = (carriers.calls.count, notification.clock.now)
        try await notification.fire("DispatchDue")
        #expect(carriers.calls.count == before + 1)
        let due: Instant = try await notification.one("select next_attempt_at from notification")
        #expect(due >= begin + .milliseconds(wait * 900))
        #expect(due <= notification.clock.now + .milliseconds(wait * 1_100))
        try await notification.go(to: "\(due - .seconds(10))")
        try await notification.fire("DispatchDue")
        #expect(carriers.calls.count == before + 1)
        try await notification.go(to: "\(due + .milliseconds(1))")
      }
      try await notification.fire("DispatchDue")
      #expect(try await notification.mailState() == "failed 6 unavailable")
      #expect(try await notification.tries(id).count == 6)
      notification.clock.advance(by: .days(1))
      try await notification.fire("DispatchDue")
      #expect(carriers.calls.count == 6)
      #expect(try await notification.resend(id).status == 202)
    }
  }

  @Test func `two presses send it once, at once and one after the other`() async throws {
    try await withDispatch { notification, carriers in
      let id = try await notification.failedMail(carriers)
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 1...5 { group.addTask { try await notification.resend(id).status } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses.sorted() == [202, 409, 409, 409, 409])
      #expect(try await notification.resend(id).code == "not_failed")
      try await notification.fire("DispatchDue")
      #expect(try await notification.resend(id).code == "not_failed")
      try await notification.fire("DispatchDue")
      #expect(carriers.calls.count == 2)
    }
  }

  @Test func `the same key gets the same answer, and asks once`() async throws {
    try await withDispatch { notification, carriers in
      let id = try await notification.failedMail(carriers)
      let first = try await notification.resend(id, key: "press")
      let again = try await notification.resend(id, key: "press")
      #expect(first.status == 202 && again.status == 202 && again.data == first.data)
      #expect(again.header("idempotency-replayed") == "true")
      let count: Int = try await notification.one("select count(*) from state_history")
      #expect(count == 1)
      let none = try await notification.call(
        "ResendNotification", path: [("id", "\(sampleUser(1))")], caller: Desk.agent, key: "k")
      #expect(none.status == 404 && none.code == "not_found")
    }
  }

  @Test(arguments: ["pending", "queued", "sent", "delivered", "cancelled"])
  func `only what has failed is sent again`(status: String) async throws {
    try await withDispatch { notification, _ in
      try await notification.mail()
      try await notification.write("update notification set status = \(status)")
      let id: ID = try await notification.one("select id from notification")
      let reply = try await notification.resend(id)
      #expect(reply.status == 409 && reply.code == "not_failed")
      let left: Int = try await notification.one("select count(*) from state_history")
      #expect(left == 0)
    }
  }

  @Test(
    arguments: [
      ("update recipient set deleted_at = now(), email = null", "recipient_erased"),
      ("update recipient set email = null", "unreachable"),
      (
        """
        insert into suppression (channel, address_hash, reason, created_at, updated_at)
        select 'email', address_hash(email::text), 'bounce', now(), now() from recipient
        """, "suppressed"
      ),
      ("update notification_preference set email_enabled = false", "not_wanted"),
      (
        """
        with told as (update notification set cancel_key = 'k' returning cancel_key)
        insert into cancelled_key (cancel_key, created_at) select cancel_key, now() from told
        """, "called_off"
      ),
      ("update delivery set status = 'delivered'", "not_failed"),
    ] as [(SQL, String)])
  func `what would not arrive, or must not, is refused with the reason`(change: SQL, code: String) async throws {
    try await withDispatch { notification, carriers in
      let id = try await notification.failedMail(carriers)
      try await notification.write(change)
      let reply = try await notification.resend(id)
      #expect(reply.status == 409 && reply.code == code, "\(reply.json)")
      try await notification.fire("DispatchDue")
      #expect(carriers.calls.count == 1)
      #expect(try await notification.mailState() == "failed 1 sendgrid_400")
    }
  }

  @Test func `it waits for the end of the quiet hours, and counts to the day's advertising`() async throws {
    try await withDispatch { notification, carriers in
      let id = try await notification.failedMail(carriers)
      try await notification.go(to: "2027-01-11T16:00:00Z")  // 23:00 in Jakarta
      try await notification.write("update notification set channel = 'whatsapp'")
      try await notification.write("update notification_preference set quiet_enabled = true")
      let reply = try await notification.resend(id)
      #expect(reply.data["nextAttemptAt"] == "2027-01-12T01:00:00.000Z", "\(reply.json)")
      try await notification.write(
        """
        update notification set status = 'failed', channel = 'email', category = 'marketing', type = 'promotion',
          occasion = 'one'
        """)
      let user: ID = try await notification.one("select user_id from notification")
      for occasion in ["two", "three"] {
        try await notification.write(
          """
          insert into notification (id, feed_position, user_id, type, category, channel, title, body, occasion, status,
            due_at, dedupe_key, created_at, updated_at)
          values (\(notification.newID()), \(id), \(user), 'promotion', 'marketing', 'email', 'T', 'B', \(occasion),
            'sent', '2027-01-12T05:00:00Z', \(occasion), now(), now())
          """)
      }
      // At night advertising is due in the morning, when the day has its two already.
      #expect(try await notification.resend(id).code == "daily_limit")
      try await notification.go(to: "2027-01-12T14:00:00Z")
      let next = try await notification.resend(id)
      #expect(next.data["nextAttemptAt"] == "2027-01-13T02:00:00.000Z", "\(next.json)")
      let link: Bool = try await notification.one(
        "select metadata ? 'unsubscribe' from notification where id = \(id)")
      #expect(link)
    }
  }

  @Test func `a late failure of an attempt before does not end the new ones`() async throws {
    try await withDispatch { notification, carriers in
      try await notification.mail()
      carriers.answer = { _ in throw UpstreamError(message: "timed out", mayHaveArrived: true) }
      for _ in 1...2 {
        try await notification.fire("DispatchDue")
        notification.clock.advance(by: .minutes(1))
      }
      #expect(try await notification.mailState() == "failed 2 outcome_unknown")
      let id: ID = try await notification.one("select id from notification")
      #expect(try await notification.resend(id).status == 202)
      try await notification.report("dropped", of: "m-9", reference: id)
      #expect(try await notification.mailState() == "pending 2 -")
      carriers.answer = nil
      try await notification.fire("DispatchDue")
      #expect(try await notification.mailState() == "sent 3 -")
      #expect(try await notification.events("notification.failed").count == 1)
    }
  }

  @Test func `a late report of an attempt before does not count against the new one`() async throws {
    try await withDispatch { notification, carriers in
      let id = try await notification.sendOne("email")
      try await notification.report("bounce", type: "blocked")
      #expect(try await notification.progress() == "failed bounced")
      #expect(try await notification.resend(id).status == 202)
      try await notification.report("bounce", type: "blocked")
      #expect(try await notification.mailState() == "pending 1 -")
      try await notification.fire("DispatchDue")
      #expect(try await notification.tries(id) == ["1 bounced", "2 sent"])
      #expect(try await notification.progress() == "sent sent")
    }
  }
}
