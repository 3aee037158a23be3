import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

@Suite struct NotificationStatsTests {
  private static func stats(
    _ notification: BundleUnderTest, _ query: [(name: String, value: String)] = []
  ) async throws -> TestReply {
    try await notification.call("NotificationStats", query: query, caller: Desk.admin)
  }

  /// `channel type created skipped sent delivered opened failed`, without what was none.
  private static func lines(_ reply: TestReply) -> [String] {
    reply.data["counts"]?.array?.map { row in
      let counts = ["created", "skipped", "sent", "delivered", "opened", "failed"].compactMap { name -> String? in
        guard let count = row[name]?.int, count != 0 else { return nil }
        return "\(count) \(name)"
      }
      return ([row["channel"]?.string ?? "?", row["type"]?.string ?? "?"] + counts).joined(separator: " ")
    } ?? []
  }

  @Test func `everything that becomes of messages is counted, and stays so when they are gone`() async throws {
    try await withDispatch { notification, carriers in
      let user = notification.newID()
      try await notification.introduce(user)
      try await notification.pay(user)
      try await notification.write("update notification_preference set whatsapp_enabled = false")
      try await notification.pay(user)
      carriers.answer = { request in
        switch request.upstream {
        case "google-oauth": Carriers.letIn("t")
        case "fcm": Carriers.unregistered
        case "sendgrid": UpstreamResponse(status: 202, headers: [], body: [])
        default: UpstreamResponse(status: 201, headers: [], body: Array(#"{"key":{"id":"w"}}"#.utf8))
        }
      }
      try await notification.fire("DispatchDue")
      try await notification.write(
        """
        update delivery set provider_message_id = 'm-1'
        where id = (select id from delivery where provider = 'sendgrid' order by id limit 1)
        """)
      for event in ["delivered", "open", "open", "click"] { try await notification.report(event) }
      let expected = [
        "email payment_success 2 created 2 sent 1 delivered 1 opened",
        "in_app payment_success 2 created 2 sent 2 delivered", "push payment_success 2 created 2 failed",
        "whatsapp payment_success 1 created 1 skipped 1 sent",
      ]
      #expect(Self.lines(try await Self.stats(notification)) == expected)
      for _ in 1...2 {
        try await notification.fire("FoldDailyCounts")
        #expect(Self.lines(try await Self.stats(notification)) == expected)
      }
      let waiting: Int = try await notification.one("select count(*) from daily_count_part")
      #expect(waiting == 0)
      try await notification.handle("EraseRecipient", type: "user.deleted", data: ["userId": .string("\(user)")])
      try await notification.write("delete from notification")
      #expect(Self.lines(try await Self.stats(notification)) == expected)
    }
  }

  @Test func `what nobody wants, or can be reached by, is counted`() async throws {
    try await SocialScene.run { scene in
      let notification = scene.notification
      try await notification.write("update notification_preference set social_saves = false")
      try await scene.act("post.saved", by: sampleUser(101))
      try await scene.act(by: sampleUser(101))
      try await notification.write(
        """
        insert into muted_target (user_id, target_type, target_id, created_at)
        values (\(scene.author), 'post', \(scene.post), now())
        """)
      try await scene.flush(until: "2027-01-11T10:16:00Z")
      try await notification.handle(
        "NotifyShopper", type: "cart.abandoned",
        data: [
          "userId": .string("\(sampleUser(40))"), "cartId": .string("\(sampleUser(9))"), "itemCount": 2,
          "cartValue": 50_000,
        ])
      #expect(
        Self.lines(try await Self.stats(notification)) == [
          "email cart_abandoned 1 skipped", "in_app cart_abandoned 1 created 1 sent 1 delivered",
          "in_app post_liked 1 skipped", "in_app post_saved 1 skipped", "push cart_abandoned 1 skipped",
          "push post_liked 1 skipped", "push post_saved 1 skipped",
        ])
    }
  }

  @Test func `a day is Jakarta's, and both ends are part of what is asked for`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      func tell(at moment: String) async throws {
        try await notification.go(to: moment)
        _ = try await notification.call(
          "SendNotification", body: ["userId": .string("\(sampleUser(1))"), "title": "T", "message": "M"],
          caller: .service, key: moment)
      }
      try await tell(at: "2027-01-11T16:59:59Z")  // a second to midnight in Jakarta
      try await tell(at: "2027-01-11T17:00:00Z")
      try await tell(at: "2027-01-12T17:00:00Z")
      func created(_ from: String, _ to: String) async throws -> Int {
        let reply = try await Self.stats(notification, [("from", from), ("to", to)])
        #expect(reply.status == 200 && reply.data["from"]?.string == from && reply.data["to"]?.string == to)
        return reply.data["counts"]?.array?.first?["created"]?.int ?? 0
      }
      for _ in 1...2 {
        #expect(try await created("2027-01-11", "2027-01-11") == 1)
        #expect(try await created("2027-01-12", "2027-01-12") == 1)
        #expect(try await created("2027-01-11", "2027-01-12") == 2)
        #expect(try await created("2026-10-13", "2027-01-12") == 2)
        try await notification.fire("FoldDailyCounts")
      }
      let usual = try await Self.stats(notification)
      #expect(usual.data["from"] == "2026-12-15" && usual.data["to"] == "2027-01-13")
      #expect(usual.data["counts"]?.array?.first?["created"] == 3)
    }
  }

  @Test(arguments: [
    ("2027-01-02", "2027-01-01"), ("2026-10-12", "2027-01-12"), ("2027-02-30", "2027-03-01"), ("soon", "2027-03-01"),
    ("0001-02-03", "0001-02-04"), ("1969-12-31", "1970-01-01"),
  ])
  func `at most 92 days, that there are`(from: String, to: String) async throws {
    try await withBundle("notification", Notification.self) { notification in
      let reply = try await Self.stats(notification, [("from", from), ("to", to)])
      #expect(reply.status == 422 && reply.code == "validation_failed", "\(reply.json)")
    }
  }

  @Test func `messages counted while others are being added up are counted once`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let users = (1...30).map { sampleUser(500 + $0) }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for user in users { group.addTask { try await notification.pay(user) } }
        for _ in 1...6 { group.addTask { try await notification.fire("FoldDailyCounts") } }
        try await group.waitForAll()
      }
      func created() async throws -> Int? {
        try await Self.stats(notification).data["counts"]?.array?.first { $0["channel"] == "in_app" }?["created"]?.int
      }
      #expect(try await created() == 30)
      try await notification.fire("FoldDailyCounts")
      #expect(try await created() == 30)
    }
  }

  @Test func `a message that is sent again counts as sent again`() async throws {
    try await withDispatch { notification, carriers in
      let id = try await notification.failedMail(carriers)
      #expect(try await notification.resend(id).status == 202)
      try await notification.fire("DispatchDue")
      #expect(Self.lines(try await Self.stats(notification)) == ["email system 1 created 1 sent 1 failed"])
    }
  }

  @Test func `the sums of three months are read by their days`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      try await notification.write(
        """
        insert into daily_count (day, channel, type, created)
        select date '2015-01-01' + day, channel, type, 1
        from generate_series(0, 3999) day, unnest(array['in_app', 'push', 'email']) channel,
          unnest(array['welcome', 'system', 'promotion', 'post_liked']) type
        """)
      try await notification.write("analyze daily_count")
      let from = try #require(Day("2025-10-01"))
      let plan = try await notification.explained(NotificationStats.statement(from, from.adding(91)))
      #expect(plan.contains("daily_count_pkey") && !plan.contains("Seq Scan on daily_count\n"), "\(plan)")
      #expect(!plan.contains("notification") && !plan.contains("delivery"), "\(plan)")
    }
  }
}
