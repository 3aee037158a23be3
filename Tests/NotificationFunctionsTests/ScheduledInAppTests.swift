import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// What is written ahead for the app stands there from its time on, and not before.
@Suite struct ScheduledInAppTests {
  private static let user = sampleUser(6)

  private static func schedule(_ notification: BundleUnderTest, key: String? = nil) async throws {
    var body: JSONObject = [
      "userId": .string("\(user)"), "title": "Besok", "message": "Sampai besok",
      "scheduledFor": .string("\(notification.clock.now + .hours(20))"),
    ]
    body["cancelKey"] = key.map(JSON.string)
    let reply = try await notification.call("SendNotification", body: .object(body), caller: .service, key: "k")
    #expect(reply.status == 202 && reply.data["ids"]?.array?.count == 1)
  }

  private static func unread(_ notification: BundleUnderTest) async throws -> Int? {
    try await notification.call("UnreadCount", caller: .user(user)).data["count"]?.int
  }

  @Test func `it is not there before its time, and is on top once it has come`() async throws {
    try await withDispatch { notification, carriers in
      try await Self.schedule(notification)
      notification.clock.advance(by: .hours(1))
      try await notification.pay(Self.user)
      try await notification.fire("DispatchDue")
      #expect(try await notification.feed(Self.user).count == 1)
      #expect(try await Self.unread(notification) == 1)
      notification.clock.advance(by: .hours(20))
      for _ in 1...2 { try await notification.fire("DispatchDue") }
      let feed = try await notification.feed(Self.user)
      let scheduled: ID = try await notification.one("select id from notification where title = 'Besok'")
      #expect(feed.count == 2 && feed.first == scheduled.description)
      #expect(try await Self.unread(notification) == 2)
      let sent = try await notification.events("notification.sent").filter {
        $0.data["notificationId"]?.string == scheduled.description
      }
      #expect(sent.count == 1 && sent.first?.data["provider"] == "in_app")
      #expect(try await notification.tries(scheduled) == ["1 delivered"])
      #expect(carriers.calls.allSatisfy { $0.upstream != "fcm" })
    }
  }

  @Test(arguments: [true, false])
  func `an advertisement shows only to who still wants one`(isWanted: Bool) async throws {
    try await BroadcastScene.run { scene in
      let notification = scene.notification
      let body: JSON = [
        "userId": .string("\(Self.user)"), "templateCode": "sale", "channels": ["in_app"],
        "scheduledFor": .string("\(notification.clock.now + .hours(20))"),
      ]
      #expect(try await notification.call("SendNotification", body: body, caller: .service, key: "k").status == 202)
      let choice: JSON = ["promotions": .bool(isWanted)]
      #expect(try await notification.call("UpdatePreferences", body: choice, caller: .user(Self.user)).status == 200)
      notification.clock.advance(by: .hours(20))
      for _ in 1...2 { try await notification.fire("DispatchDue") }
      #expect(try await notification.feed(Self.user).count == (isWanted ? 1 : 0))
      #expect(try await notification.mailState() == (isWanted ? "delivered 1 -" : "cancelled 0 -"))
      #expect(try await notification.events("notification.sent").count == (isWanted ? 1 : 0))
    }
  }

  @Test func `more than are shown at once all show in one run`() async throws {
    try await withDispatch { notification, carriers in
      try await notification.write(
        """
        insert into notification (id, feed_position, user_id, type, category, channel, title, body, priority,
          next_attempt_at, due_at, dedupe_key, created_at, updated_at)
        select id, id, \(Self.user), 'system', 'system', 'in_app', 'Title', 'Body', 'normal', \(notification.clock.now),
          \(notification.clock.now), id::text, now(), now()
        from (select gen_random_uuid() as id from generate_series(1, 230)) as made
        """)
      try await notification.mail()
      try await notification.fire("DispatchDue")
      #expect(try await Self.unread(notification) == 230)
      #expect(carriers.names == ["sendgrid"])
    }
  }

  @Test func `what is called off before never shows`() async throws {
    try await withDispatch { notification, _ in
      try await Self.schedule(notification, key: "c")
      _ = try await notification.call("CancelScheduled", body: ["cancelKey": "c"], caller: .service)
      notification.clock.advance(by: .days(2))
      try await notification.fire("DispatchDue")
      #expect(try await notification.feed(Self.user).isEmpty)
      #expect(try await Self.unread(notification) == 0)
    }
  }
}
