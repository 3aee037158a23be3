import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// Reminders of payments, and everything else that is called off before it is sent.
@Suite struct ReminderTests {
  private static let payer = sampleUser(1)

  private static func create(
    _ notification: BundleUnderTest, _ payment: ID, lasting: Duration, replacing: ID? = nil
  ) async throws {
    let expiry = notification.clock.now + lasting
    try await notification.handle(
      "SchedulePaymentReminder", type: "payment.created",
      data: [
        "paymentId": .string("\(payment)"), "orderId": .string("\(payment)"), "orderNumber": "ORD-1",
        "userId": .string("\(payer)"), "amount": 279_250, "expiresAt": .string("\(expiry)"),
        "replacesPaymentId": replacing.map { .string("\($0)") } ?? .null,
      ])
    notification.clock.advance(by: .milliseconds(2))
  }

  private static func paid(_ notification: BundleUnderTest, _ payment: ID) async throws {
    try await notification.handle(
      "NotifyPaymentPaid", type: "payment.paid",
      data: [
        "paymentId": .string("\(payment)"), "orderId": .string("\(payment)"), "orderNumber": "ORD-1",
        "userId": .string("\(payer)"), "amount": 279_250,
      ])
  }

  private static func reminders(_ notification: BundleUnderTest) async throws -> [String] {
    try await notification.query(
      "select channel || ' ' || status from notification where type = 'payment_pending' order by created_at, channel",
      as: String.self)
  }

  @Test func `two hours before the end, by push and WhatsApp`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      try await notification.introduce(Self.payer)
      try await Self.create(notification, sampleUser(50), lasting: .hours(24))
      #expect(try await Self.reminders(notification) == ["push pending", "whatsapp pending"])
      let due: Instant = try await notification.one(
        "select distinct next_attempt_at from notification where type = 'payment_pending'")
      let expected = notification.clock.now + .hours(22)
      #expect(due <= expected && expected - due < .seconds(30))
    }
  }

  @Test func `who has paid is not reminded`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      try await notification.introduce(Self.payer)
      try await Self.create(notification, sampleUser(50), lasting: .hours(24))
      notification.clock.advance(by: .hours(1))
      try await Self.paid(notification, sampleUser(50))
      #expect(try await Self.reminders(notification) == ["push cancelled", "whatsapp cancelled"])
    }
  }

  @Test func `news of the payment that overtakes its creation calls the reminder off as well`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      try await notification.introduce(Self.payer)
      try await Self.paid(notification, sampleUser(50))
      try await Self.create(notification, sampleUser(50), lasting: .hours(24))
      #expect(try await Self.reminders(notification).isEmpty)
    }
  }

  @Test func `a payment in another's place takes over its reminder, one that is cancelled has none`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      try await notification.introduce(Self.payer)
      try await Self.create(notification, sampleUser(50), lasting: .hours(24))
      try await Self.create(notification, sampleUser(51), lasting: .hours(24), replacing: sampleUser(50))
      #expect(
        try await Self.reminders(notification) == [
          "push cancelled", "whatsapp cancelled", "push pending", "whatsapp pending",
        ])
      try await notification.handle(
        "DropPaymentReminder", type: "payment.cancelled", data: ["paymentId": .string("\(sampleUser(51))")])
      #expect(try await Self.reminders(notification).allSatisfy { $0.hasSuffix("cancelled") })
    }
  }

  @Test(arguments: [(149, 0), (152, 2)])
  func `a reminder that would come within half an hour is none`(minutes: Int, rows: Int) async throws {
    try await withBundle("notification", Notification.self) { notification in
      try await notification.introduce(Self.payer)
      try await Self.create(notification, sampleUser(50), lasting: .seconds(minutes * 60))
      #expect(try await Self.reminders(notification).count == rows)
    }
  }

  @Test func `a service calls off what it has scheduled, also before it came`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      func send(_ key: String) async throws -> TestReply {
        try await notification.call(
          "SendNotification",
          body: [
            "userId": .string("\(Self.payer)"), "title": "Hai", "message": "Besok", "cancelKey": .string(key),
            "scheduledFor": .string("\(notification.clock.now + .days(1))"),
          ], caller: .service, key: "k-\(key)")
      }
      #expect(try await send("a").data["ids"]?.array?.count == 1)
      let cancelled = try await notification.call("CancelScheduled", body: ["cancelKey": "a"], caller: .service)
      #expect(cancelled.data["cancelled"] == 1)
      _ = try await notification.call("CancelScheduled", body: ["cancelKey": "b"], caller: .service)
      #expect(try await send("b").data["ids"]?.array?.isEmpty == true)
      #expect(
        try await notification.query("select status from notification", as: String.self) == ["cancelled"])
    }
  }
}
