import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

@Suite struct SuppressionListTests {
  private static let user = sampleUser(3)

  /// Four addresses, one a minute; that of the user came back, and so did one that is written to again by now.
  private static func fill(_ notification: BundleUnderTest) async throws {
    try await notification.introduce(user)
    let now = notification.clock.now
    for (place, row) in [
      ("email", "\(user)@example.com", "bounce", "null"), ("email", "rina@contoh.test", "complaint", "null"),
      ("sms", "+6281200000001", "unsubscribe", "null"), ("email", "penuh@contoh.test", "bounce", "past"),
      ("whatsapp", "+6281200000002", "invalid", "null"),
    ].enumerated() {
      let (channel, address, reason, end) = row
      let made = now - .minutes(10) + .minutes(Int64(place))
      try await notification.write(
        """
        insert into suppression (channel, address_hash, reason, until, created_at, updated_at)
        values (\(channel), address_hash(\(address)), \(reason), \(end == "past" ? now - .seconds(1) : nil), \(made), \(made))
        """)
    }
  }

  private static func list(
    _ notification: BundleUnderTest, _ query: [(name: String, value: String)] = []
  ) async throws -> TestReply {
    try await notification.call("ListSuppressions", query: query, caller: Desk.agent)
  }

  private static func reasons(_ reply: TestReply) -> [String] {
    reply.data.array?.compactMap { $0["reason"]?.string } ?? []
  }

  private static func hash(_ address: String, _ notification: BundleUnderTest) async throws -> String {
    try await notification.one("select address_hash(\(address))")
  }

  @Test func `what is left alone is found by user or by hash, and never names an address`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      try await Self.fill(notification)
      let all = try await Self.list(notification)
      #expect(Self.reasons(all) == ["invalid", "unsubscribe", "complaint", "bounce"])
      let text = String(decoding: all.body, as: UTF8.self)
      #expect(!text.contains("@") && !text.contains("+62"))
      #expect(Self.reasons(try await Self.list(notification, [("userId", "\(Self.user)")])) == ["bounce"])
      #expect(Self.reasons(try await Self.list(notification, [("channel", "email")])) == ["complaint", "bounce"])
      #expect(Self.reasons(try await Self.list(notification, [("reason", "unsubscribe")])) == ["unsubscribe"])
      let hash = try await Self.hash("RINA@contoh.test", notification)
      #expect(Self.reasons(try await Self.list(notification, [("addressHash", hash)])) == ["complaint"])
      for bad in ["rina@contoh.test", hash.uppercased(), String(hash.dropLast())] {
        let reply = try await Self.list(notification, [("addressHash", bad)])
        #expect(reply.status == 422 && reply.code == "validation_failed")
      }
    }
  }

  @Test func `the list goes on where it ended`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      try await Self.fill(notification)
      let end = notification.clock.now - .hours(1)
      for number in 0..<7 {  // of one moment
        try await notification.write(
          """
          insert into suppression (channel, address_hash, reason, created_at, updated_at)
          values (\(number < 4 ? "email" : "sms"), address_hash(\("x\(number)")), 'invalid', \(end), \(end))
          """)
      }
      var (seen, cursor): ([String], String?) = ([], nil)
      repeat {
        let reply = try await Self.list(notification, [("limit", "2")] + (cursor.map { [("cursor", $0)] } ?? []))
        seen += reply.data.array?.compactMap { $0["addressHash"]?.string } ?? []
        cursor = reply.json["meta"]?["nextCursor"]?.string
      } while cursor != nil
      let expected = try await notification.query(
        "select address_hash from suppression where until is null order by created_at desc, channel, address_hash",
        as: String.self)
      #expect(seen == expected && seen.count == 11)
      let place = SuppressionView.Place(createdAt: end, channel: .email, addressHash: "a").description
      for bad in ["x", Cursor.text(list: "deliveries", position: place)] {
        #expect(try await Self.list(notification, [("cursor", bad)]).code == "invalid_cursor")
      }
      let good = Cursor.text(list: "suppressions", position: place)
      #expect(try await Self.list(notification, [("cursor", good)]).status == 200)
    }
  }

  @Test(arguments: [
    ("email", "penuh@contoh.test", 204, 204), ("whatsapp", "+6281200000002", 204, 204),
    ("email", "rina@contoh.test", 403, 204), ("sms", "+6281200000001", 403, 204),
    ("sms", "rina@contoh.test", 404, 404),
  ])
  func `support lifts what came back, and only an admin what somebody wished`(
    channel: String, address: String, support: Int, admin: Int
  ) async throws {
    try await withBundle("notification", Notification.self) { notification in
      try await Self.fill(notification)
      let query = [
        (name: "channel", value: channel), (name: "addressHash", value: try await Self.hash(address, notification)),
      ]
      let first = try await notification.call("RemoveSuppression", query: query, caller: Desk.agent)
      #expect(first.status == support)
      #expect(first.code == (support == 403 ? "forbidden" : support == 404 ? "not_found" : nil))
      if support != 204 {
        #expect(try await notification.call("RemoveSuppression", query: query, caller: Desk.admin).status == admin)
      }
      #expect(try await notification.call("RemoveSuppression", query: query, caller: Desk.admin).status == 404)
      let (left, history): (Int, [String]) = (
        try await notification.one("select count(*) from suppression"),
        try await notification.query("select entity || ' ' || to_state || ' ' || note from state_history")
      )
      #expect(left == (admin == 204 ? 4 : 5))
      #expect(history == (admin == 204 ? ["suppression removed \(channel)"] : []))
    }
  }

  /// From the bounce to the mail that arrives.
  @Test func `a mail that bounced is sent again once its address is mended`() async throws {
    try await withDispatch { notification, _ in
      let id = try await notification.sendOne()
      let user: ID = try await notification.one("select user_id from notification")
      try await notification.report("bounce", to: "\(user)@example.com")
      #expect(try await notification.resend(id).code == "suppressed")
      let found = try await Self.list(notification, [("userId", "\(user)")])
      let hash = try #require(found.data.array?.first?["addressHash"]?.string)
      let query = [(name: "channel", value: "email"), (name: "addressHash", value: hash)]
      #expect(try await notification.call("RemoveSuppression", query: query, caller: Desk.agent).status == 204)
      #expect(try await notification.resend(id).status == 202)
      try await notification.fire("DispatchDue")
      #expect(try await notification.tries(id) == ["1 bounced", "2 sent"])
    }
  }

  private static func findsByHash(_ plan: String) -> Bool {
    plan.split(separator: "\n").contains { $0.contains("Index Cond") && $0.contains("address_hash") }
  }

  @Test func `the list does not read all addresses`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      try await Self.fill(notification)
      try await notification.write(
        """
        insert into suppression (channel, address_hash, reason, created_at, updated_at)
        select 'email', address_hash(number::text), 'bounce', now() - number * interval '1 minute', now()
        from generate_series(1, 30000) number
        """)
      try await notification.write("analyze suppression")
      let place = SuppressionView.Place(createdAt: notification.clock.now, channel: .email, addressHash: "a")
      let cursor = Cursor.text(list: "suppressions", position: place.description)
      let now = notification.clock.now
      for (name, input) in [
        ("all", ListSuppressions.Input()), ("user", .init(userId: Self.user)),
        ("hash", .init(channel: .email, addressHash: String(repeating: "a", count: 64))),
      ] {
        for part in [nil, cursor] {
          let paging = try PagingBy<SuppressionView.Place>("suppressions", limit: nil, cursor: part)
          let plan = try await notification.explained(input.statement(paging, at: now))
          #expect(!plan.contains("Seq Scan on suppression"), "\(name): \(plan)")
          #expect(name == "all" || Self.findsByHash(plan), "\(name): \(plan)")
        }
      }
      // What a function reads is in no plan, but it is counted.
      let read: Int = try await notification.one(
        """
        select read - before from (
          select pg_stat_get_xact_tuples_returned('suppression_pkey'::regclass) as before,
            case when is_suppressed('email', 'rina@contoh.test', now())
              then pg_stat_get_xact_tuples_returned('suppression_pkey'::regclass) end as read
          offset 0) as counts
        """)
      #expect(read == 1)
    }
  }
}
