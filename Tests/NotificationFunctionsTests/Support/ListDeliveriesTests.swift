import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

@Suite struct ListDeliveriesTests {
  private static func list(
    _ notification: BundleUnderTest, _ query: [(name: String, value: String)] = []
  ) async throws -> TestReply {
    try await notification.call("ListDeliveries", query: query, caller: Desk.agent)
  }

  private static func channels(_ reply: TestReply) -> [String] {
    reply.data.array?.compactMap { $0["channel"]?.string } ?? []
  }

  @Test func `attempts are found by what a supporter knows, and show no address`() async throws {
    try await withDispatch { notification, _ in
      let (user, other) = (notification.newID(), notification.newID())
      let begin = notification.clock.now
      for someone in [user, other] {
        try await notification.introduce(someone)
        try await notification.pay(someone)
        notification.clock.advance(by: .seconds(20))
      }
      try await notification.fire("DispatchDue")
      let all = try await Self.list(notification)
      #expect(all.status == 200 && Self.channels(all).count == 8)
      let text = String(decoding: all.body, as: UTF8.self)
      #expect(!text.contains("\(user)@") && !text.contains("81234567890") && !text.contains("token-0123456789"))
      #expect(text.contains("***@example.com") && text.contains("+62****890"))
      let mine = try await Self.list(notification, [("userId", "\(user)")])
      #expect(Self.channels(mine).sorted() == ["email", "in_app", "push", "whatsapp"])
      #expect(mine.data.array?.allSatisfy { $0["userId"]?.string == user.description } == true)
      let mail = try await Self.list(notification, [("userId", "\(user)"), ("channel", "email")])
      let message = try #require(mail.data.array?.first)
      #expect(message["provider"] == "sendgrid" && message["status"] == "sent" && message["attempt"] == 1)
      #expect(message["type"] == "payment_success" && message["providerMessageId"]?.string?.hasPrefix("mail-") == true)
      let one = try await Self.list(notification, [("notificationId", message["notificationId"]?.string ?? "")])
      #expect(one.data.array?.count == 1)
      #expect(Self.channels(try await Self.list(notification, [("provider", "fcm")])) == ["push", "push"])
      #expect(Self.channels(try await Self.list(notification, [("status", "delivered")])) == ["in_app", "in_app"])
      #expect(try await Self.list(notification, [("status", "failed")]).data == [])
      let later = begin + .seconds(10)
      #expect(Self.channels(try await Self.list(notification, [("to", "\(later)")])) == ["in_app"])
      #expect(try await Self.list(notification, [("from", "\(later)")]).data.array?.count == 7)
    }
  }

  @Test func `the list goes on where it ended, newest first`() async throws {
    try await withDispatch { notification, _ in
      for _ in 1...7 { try await notification.mail() }
      try await notification.fire("DispatchDue")
      var (seen, cursor): ([String], String?) = ([], nil)
      repeat {
        let reply = try await Self.list(
          notification, [("limit", "3")] + (cursor.map { [("cursor", $0)] } ?? []))
        seen += reply.data.array?.compactMap { $0["id"]?.string } ?? []
        cursor = reply.json["meta"]?["nextCursor"]?.string
      } while cursor != nil
      let expected = try await notification.query("select id::text from delivery order by id desc", as: String.self)
      #expect(seen == expected && seen.count == 7)
    }
  }

  @Test(
    arguments: [
      ([("channel", "pigeon")], 422, "validation_failed"), ([("limit", "101")], 422, "validation_failed"),
      ([("provider", "")], 422, "validation_failed"), ([("cursor", "abc")], 400, "invalid_cursor"),
      (
        [("from", "2027-01-02T00:00:00Z"), ("to", "2027-01-02T00:00:00Z")], 422, "validation_failed"
      ),
    ] as [([(String, String)], Int, String)])
  func `what makes no sense is refused`(query: [(String, String)], status: Int, code: String) async throws {
    try await withDispatch { notification, _ in
      let reply = try await Self.list(notification, query.map { (name: $0.0, value: $0.1) })
      #expect(reply.status == status && reply.code == code, "\(reply.json)")
    }
  }

  @Test func `no list reads all attempts that there ever were`() async throws {
    try await withDispatch { notification, _ in
      try await notification.fillHistory()
      let user: ID = try await notification.one("select user_id from notification limit 1")
      let from = try #require(Instant("2026-03-01T00:00:00Z"))
      let paging = try Paging("deliveries", limit: nil, cursor: nil)
      let inputs: [(String, ListDeliveries.Input)] = [
        ("all", .init()), ("user", .init(userId: user)), ("message", .init(notificationId: user)),
        ("channel", .init(channel: .sms)), ("carrier", .init(provider: "twilio")), ("state", .init(status: .bounced)),
        ("time", .init(from: from, to: from + .days(1))), ("both", .init(userId: user, status: .failed)),
      ]
      for (name, input) in inputs {
        let plan = try await notification.explained(input.statement(paging))
        #expect(!plan.contains("Seq Scan"), "\(name): \(plan)")
      }
      let messages = try await notification.explained(
        """
        select id from notification where user_id = \(user) and id < \(paging.before) order by id desc limit 21
        """)
      #expect(!messages.contains("Seq Scan"), "\(messages)")
    }
  }
}

extension BundleUnderTest {
  /// Half a year of mails, most of which arrived, to four thousand users.
  func fillHistory() async throws {
    try await write("alter table notification disable trigger user")
    try await write(
      """
      insert into notification (id, feed_position, user_id, type, category, channel, title, body, status, due_at,
        dedupe_key, created_at, updated_at)
      select id, id, md5((number % 4000)::text)::uuid, 'welcome', 'system', 'email', 'T', 'B', 'delivered', at,
        number::text, at, at
      from (select number, timestamptz '2026-01-01' + number * interval '6 minutes' as at,
        ('01' || lpad(to_hex((1767225600000 + number * 360000::bigint)), 10, '0') || '7000800000' || lpad(number::text, 10, '0'))::uuid
          as id from generate_series(1, 40000) number) made
      """)
    try await write(
      """
      insert into delivery (id, notification_id, attempt, channel, provider, recipient_masked, status, created_at,
        updated_at)
      select id, id, 1, channel, case when id::text like '%1' then 'sendgrid' else 'other' end, 'x',
        case when id::text like '%00' then 'bounced' else 'delivered' end, created_at, updated_at
      from notification
      """)
    for table in ["notification", "delivery"] { try await write(SQL(stringLiteral: "analyze \(table)")) }
  }

  /// Lets time go on until a moment.
  func go(to moment: String) async throws {
    let time = try #require(Instant(moment))
    clock.advance(by: .microseconds(time.microseconds - clock.now.microseconds))
  }
}
