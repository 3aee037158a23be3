import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// Which of many due messages goes first.
@Suite struct DispatchOrderTests {
  @Test func `the most pressing goes first, then the oldest; what is cancelled or not due stays`() async throws {
    try await withDispatch { notification, carriers in
      for priority in ["low", "high", "normal", "urgent", "high"] { try await notification.mail(priority) }
      try await notification.mail("urgent")
      try await notification.write(
        "update notification set status = 'cancelled' where id = (select id from notification order by id desc limit 1)"
      )
      try await notification.mail("urgent")
      try await notification.write(
        """
        update notification set next_attempt_at = \(notification.clock.now + .minutes(1))
        where id = (select id from notification order by id desc limit 1)
        """)
      try await notification.fire("DispatchDue")
      let expected: [String] = try await notification.query(
        """
        select id::text from notification where status = 'sent'
        order by array_position(array['urgent', 'high', 'normal', 'low'], priority::text), id
        """)
      #expect(carriers.mailIDs == expected && expected.count == 5)
    }
  }

  @Test func `what is found next is not looked for among what waits for later`() async throws {
    try await withDispatch { notification, _ in
      let now = notification.clock.now
      try await notification.write(
        """
        insert into notification (id, feed_position, user_id, type, category, channel, title, body, priority, status,
          next_attempt_at, due_at, dedupe_key, created_at, updated_at)
        select id, id, id, 'promotion', 'marketing', (array['push', 'email', 'in_app'])[number % 3 + 1], 'Title', 'Body',
          'normal', case when number % 10 = 0 then 'sent' else 'pending' end, \(now + .hours(9)), \(now), id::text, now(), now()
        from (select gen_random_uuid() as id, number from generate_series(1, 30000) as number) as made
        """)
      try await notification.write("analyze notification")
      for channels in [[Channel.push, .email, .whatsapp, .sms], [.inApp]] {
        let plan = try await notification.explained(DueMessages(on: channels, at: now).ids(upTo: 100))
        let isFound = plan.split(separator: "\n").contains {
          $0.contains("Index Cond") && $0.contains("channel") && $0.contains("priority")
            && $0.contains("next_attempt_at")
        }
        #expect(isFound && !plan.contains("Sort"), "\(plan)")
      }
    }
  }

  @Test func `of equally pressing ones each channel has its turn`() async throws {
    try await withDispatch { notification, carriers in
      for channel in ["email", "email", "email", "whatsapp", "sms"] {
        try await notification.mail()
        try await notification.write(
          "update notification set channel = \(channel) where id = (select id from notification order by id desc limit 1)"
        )
      }
      try await notification.mail("urgent")
      try await notification.fire("DispatchDue")
      try #require(carriers.names.count == 6)
      #expect(carriers.names.first == "sendgrid")
      #expect(Set(carriers.names[1...3]) == ["sendgrid", "whatsapp", "twilio"])
    }
  }
}
