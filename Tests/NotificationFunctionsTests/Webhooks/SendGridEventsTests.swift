import FunctionKit
import FunctionTesting
import NotificationFunctions
import Runtime
import Testing

@Suite struct SendGridEventsTests {
  @Test(arguments: [
    (["delivered"], "delivered delivered"), (["open"], "delivered opened"), (["click"], "delivered clicked"),
    (["click", "open", "delivered"], "delivered clicked"), (["delivered", "bounce"], "failed bounced"),
    (["bounce", "delivered"], "failed bounced"), (["open", "bounce"], "delivered opened"),
    (["dropped", "delivered"], "failed failed"), (["delivered", "dropped"], "delivered delivered"),
    (["processed", "deferred"], "sent sent"), (["delivered", "spamreport"], "delivered delivered"),
  ])
  func `a status only moves forward, in whatever order it is told`(events: [String], state: String) async throws {
    try await withDispatch { notification, _ in
      try await notification.sendOne()
      for event in events { try await notification.report(event) }
      #expect(try await notification.progress() == state)
    }
  }

  @Test func `long ids that begin alike are two`() async throws {
    try await withDispatch { notification, _ in
      try await notification.sendOne()
      let id = String(repeating: "e", count: 300)
      for end in ["1", "2", "1"] { try await notification.report("open", id: id + end) }
      let kept: Int = try await notification.one("select count(*) from webhook_inbox")
      #expect(kept == 2)
    }
  }

  @Test func `reports come in an array, and each counts once`() async throws {
    try await withDispatch { notification, _ in
      try await notification.sendOne()
      for _ in 1...2 { try await notification.report("delivered", id: "e-1") }
      try await notification.report("bounce", id: "e-1")
      #expect(try await notification.progress() == "delivered delivered")
      let both: JSON = [
        ["sg_event_id": "e-2", "sg_message_id": "m-1.x", "event": "open"],
        ["sg_event_id": "e-1", "sg_message_id": "m-1.x", "event": "bounce"],
        ["sg_event_id": "e-3", "sg_message_id": "m-1.x", "event": "click"], ["event": "open"], "odd",
      ]
      try await notification.receive("SendGridEvents", body: both)
      #expect(try await notification.progress() == "delivered clicked")
      let kept: Int = try await notification.one("select count(*) from webhook_inbox")
      #expect(kept == 3)
      let clear: Int = try await notification.one("select count(*) from webhook_inbox where body::text like '%@%'")
      #expect(clear == 0)
    }
  }

  @Test func `a message that is not known here is ignored`() async throws {
    try await withDispatch { notification, _ in
      try await notification.report("bounce", of: "somebody-else's", to: "victim@example.com")
      #expect(try await notification.suppressions() == [])
      let state: String = try await notification.one("select status from webhook_inbox")
      #expect(state == "ignored")
    }
  }

  @Test func `a mail that came back, or was complained about, was the last to its address`() async throws {
    try await withDispatch { notification, _ in
      try await notification.sendOne()
      try await notification.report("bounce", type: "bounce", to: "Gone@example.com")
      let failed = try await notification.events("notification.failed")
      #expect(failed.count == 1 && failed.first?.data["errorCode"] == "bounce")
      try await notification.sendOne(as: "m-2")
      try await notification.report("delivered", of: "m-2", to: "angry@example.com")
      try await notification.report("spamreport", of: "m-2", to: "angry@example.com")
      #expect(try await notification.suppressions() == ["email bounce ever", "email complaint ever"])
      let known: Bool = try await notification.one("select is_suppressed('email', 'gone@EXAMPLE.com', now())")
      #expect(known)
    }
  }

  @Test func `a full mailbox is left alone for a week after the third time in a row`() async throws {
    try await withDispatch { notification, _ in
      func bounce(_ number: Int) async throws {
        try await notification.sendOne(as: "m-\(number)")
        try await notification.report("bounce", of: "m-\(number)", type: "blocked")
      }
      for number in 1...2 { try await bounce(number) }
      try await notification.sendOne(as: "m-3")
      try await notification.report("delivered", of: "m-3")
      for number in 4...5 { try await bounce(number) }
      #expect(try await notification.suppressions() == [])
      try await bounce(6)
      #expect(try await notification.suppressions() == ["email bounce 7"])
    }
  }

  @Test func `whoever unsubscribes at the carrier gets no more advertising`() async throws {
    try await withDispatch { notification, _ in
      try await notification.sendOne()
      try await notification.report("unsubscribe")
      let off: Bool = try await notification.one(
        "select not promotions and unsubscribed_all_marketing_at is not null from notification_preference")
      #expect(off)
    }
  }

  @Test func `what was taken before a crash is known by our own id, and not sent again`() async throws {
    try await withDispatch { notification, carriers in
      try await notification.mail()
      carriers.answer = { _ in throw CutOff() }
      try await notification.fire("DispatchDue")
      carriers.answer = nil
      let id: ID = try await notification.one("select id from notification")
      try await notification.report("delivered", of: "late-id", reference: id)
      #expect(try await notification.progress() == "delivered delivered")
      #expect(try await notification.events("notification.sent").count == 1)
      notification.clock.advance(by: .hours(2))
      try await notification.fire("DispatchDue")
      #expect(carriers.calls.count == 1)
      try await notification.report("open", of: "late-id")
      #expect(try await notification.progress() == "delivered opened")
    }
  }

  @Test func `what came of an attempt that another one followed changes nothing`() async throws {
    try await withDispatch { notification, carriers in
      try await notification.mail()
      carriers.answer = { _ in throw CutOff() }
      try await notification.fire("DispatchDue")
      carriers.answer = nil
      for _ in 1...2 {
        notification.clock.advance(by: .hours(2))
        try await notification.fire("DispatchDue")
      }
      #expect(carriers.calls.count == 2)
      let id: ID = try await notification.one("select id from notification")
      try await notification.report("delivered", of: "mail-2")
      try await notification.report("bounce", of: "late-id", reference: id)
      #expect(try await notification.mailState() == "delivered 2 -")
      #expect(try await notification.tries(id) == ["1 bounced", "2 delivered"])
      #expect(try await notification.events("notification.failed").isEmpty)
    }
  }

  @Test func `a report that is faster than the answer is not undone by it`() async throws {
    try await withDispatch { notification, carriers in
      try await notification.mail()
      carriers.answer = { _ in
        let id: ID = try await notification.one("select id from notification")
        try await notification.report("delivered", of: "m-9", reference: id)
        return UpstreamResponse(status: 202, headers: [("x-message-id", "m-9")], body: [])
      }
      try await notification.fire("DispatchDue")
      #expect(try await notification.progress() == "delivered delivered")
      #expect(try await notification.events("notification.sent").count == 1)
    }
  }

  @Test func `in any order, a status never goes back and delivered has its attempt`() async throws {
    let events = ["delivered", "open", "click", "bounce", "dropped", "processed", "spamreport"]
    for seed in 1...4 as ClosedRange<UInt64> {
      try await withDispatch { notification, _ in
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        try await notification.sendOne()
        var seen = [try await notification.progress()]
        for _ in 1...8 {
          state = state &* 6_364_136_223_846_793_005 &+ 1
          try await notification.report(events[Int(state >> 33) % events.count])
          let now = try await notification.progress()
          if now != seen.last { seen.append(now) }
        }
        #expect(Set(seen).count == seen.count, "seed \(seed): \(seen)")
        let bad: Int = try await notification.one(
          """
          select count(*) from notification where status = 'delivered' and not exists (
            select from delivery where notification_id = notification.id and status in ('delivered', 'opened', 'clicked'))
          """)
        #expect(bad == 0, "seed \(seed): \(seen)")
      }
    }
  }
}
