import FunctionKit
import FunctionTesting
import NotificationFunctions
import Runtime
import Testing

@Suite struct NotifyPaymentPaidTests {
  @Test func `of an unknown payer there is a message in the app, delivered at once`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let user = notification.newID()
      try await notification.pay(user)
      let body = "Pembayaran Rp 279.250 untuk pesanan ORD-1 sudah kami terima. Pesanan Anda segera diproses."
      let messages = try await notification.messages(to: user)
      #expect(
        messages == [StoredMessage(channel: "in_app", status: "delivered", title: "Pembayaran berhasil", body: body)])
      let deliveries: Int = try await notification.one(
        "select count(*) from delivery where provider = 'in_app' and status = 'delivered'")
      #expect(deliveries == 1)
    }
  }

  @Test func `what was delivered is announced`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let user = notification.newID()
      try await notification.introduce(user)
      try await notification.pay(user)
      let events = try await notification.events("notification.sent")
      let id: ID = try await notification.one("select id from notification where channel = 'in_app'")
      #expect(events.count == 1)
      #expect(events.first?.subject == id.description)
      #expect(events.first?.data["userId"]?.string == user.description)
      #expect(events.first?.data["type"] == "payment_success")
      #expect(events.first?.data["provider"] == "in_app")
      #expect(events.first?.data["relatedType"] == "order")
    }
  }

  @Test func `a payer who can be reached hears of it everywhere, in his language`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let user = notification.newID()
      try await notification.introduce(user, locale: "en")
      try await notification.pay(user)
      let messages = try await notification.messages(to: user)
      #expect(Set(messages.map(\.channel)) == ["in_app", "push", "email", "whatsapp"])
      #expect(messages.allSatisfy { $0.title == "Payment received" })
      #expect(messages.allSatisfy { ($0.status == "delivered") == ($0.channel == "in_app") })
      let due: Int = try await notification.one(
        "select count(*) from notification where status = 'pending' and next_attempt_at <= \(notification.clock.now)")
      #expect(due == 3)
      let html: [String] = try await notification.query("select channel from notification where html is not null")
      #expect(html == ["email"])
    }
  }

  @Test func `the same event again changes nothing, another one does`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let user = notification.newID()
      try await notification.introduce(user)
      let event = try await notification.pay(user)
      for _ in 1...2 { try await notification.pay(user, event: event) }
      #expect(try await notification.messages(to: user).count == 4)
      #expect(try await notification.events().count == 1)
      try await notification.pay(user)
      #expect(try await notification.messages(to: user).count == 8)
      #expect(try await notification.events().count == 2)
      let keys: [String] = try await notification.query("select distinct dedupe_key from notification")
      #expect(keys.count == 8)
      #expect(keys.allSatisfy { $0.utf8.count == 64 })
    }
  }

  @Test func `a route that is switched off makes nothing`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      try await notification.write("update event_route set enabled = false where event_type = 'payment.paid'")
      let user = notification.newID()
      try await notification.pay(user)
      #expect(try await notification.messages(to: user).isEmpty)
      #expect(try await notification.events().isEmpty)
    }
  }

  @Test func `a disabled device is not written to, and nothing is kept for a deleted recipient`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let user = notification.newID()
      try await notification.introduce(user)
      try await notification.write("update device set disabled_at = now()")
      try await notification.pay(user)
      let channels = try await notification.messages(to: user).map(\.channel)
      #expect(channels == ["in_app", "email", "whatsapp"])
      try await notification.write("update recipient set deleted_at = now()")
      try await notification.pay(user)
      #expect(try await notification.messages(to: user).count == 3)
    }
  }
}
