import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// Messages that really leave, and when: the quiet hours of users, seen from their carriers.
@Suite struct QuietDispatchTests {
  private static func run(
    at begin: String, _ body: @escaping @Sendable (SocialScene, Carriers) async throws -> Void
  ) async throws {
    try await withDispatch { notification, carriers in
      let scene = SocialScene(notification: notification)
      try await scene.go(to: begin)
      try await notification.introduce(scene.author, locale: "en")
      try await body(scene, carriers)
    }
  }

  /// Examples 9, 10 and 12: liked, flushed and pushed; the quiet hours are 22:00 to 08:00 in the zone.
  @Test(arguments: [
    ("2027-01-11T14:45:00Z", "2027-01-11T15:00:00Z", "2027-01-12T01:00:00Z", "Asia/Jakarta"),
    ("2027-01-11T14:44:30Z", "2027-01-11T14:59:30Z", nil, "Asia/Jakarta"),
    ("2027-01-12T00:45:00Z", "2027-01-12T01:00:00Z", nil, "Asia/Jakarta"),
    ("2027-01-11T13:15:00Z", "2027-01-11T13:30:00Z", "2027-01-11T23:00:00Z", "Asia/Jayapura"),
  ])
  func `a push leaves at once, or when the quiet hours are over`(
    liked: String, flushed: String, end: String?, zone: String
  ) async throws {
    try await Self.run(at: liked) { scene, carriers in
      try await scene.beQuiet(in: zone)
      try await scene.act(by: sampleUser(101))
      try await scene.flush(until: flushed)
      try await scene.notification.fire("DispatchDue")
      #expect(try await scene.titles("in_app") == ["Someone liked your post"])
      #expect(carriers.pushes == (end == nil ? 1 : 0))
      if let end {
        let before = try #require(Instant(end)) - .seconds(10)
        try await scene.go(to: "\(before)")
        try await scene.notification.fire("DispatchDue")
        #expect(carriers.pushes == 0)
        try await scene.go(to: end)
        for _ in 1...2 { try await scene.notification.fire("DispatchDue") }
        #expect(carriers.pushes == 1)
      }
      let at = try #require(Instant(end ?? flushed))
      let sent: Instant = try await scene.notification.one("select sent_at from notification where channel = 'push'")
      #expect(sent >= at && sent - at < .seconds(20), "\(sent)")
    }
  }

  /// Example 11.
  @Test func `what is pressing is pushed and chatted at two in the morning`() async throws {
    try await Self.run(at: "2027-01-11T19:00:00Z") { scene, carriers in
      try await scene.beQuiet()
      try await scene.notification.pay(scene.author)
      try await scene.notification.fire("DispatchDue")
      #expect(carriers.names.sorted() == ["fcm", "google-oauth", "sendgrid", "whatsapp"])
      let sent: [String] = try await scene.notification.query(
        "select channel from notification where sent_at < '2027-01-11T19:00:20Z' order by 1")
      #expect(sent == ["email", "in_app", "push", "whatsapp"])
    }
  }

  /// Example 17.
  @Test func `of 25 pushes on a day 20 leave, and all lines are in the app`() async throws {
    try await Self.run(at: "2027-01-11T02:00:00Z") { scene, carriers in
      for place in 0..<25 { try await scene.act(by: sampleUser(101), on: sampleUser(2_000 + place)) }
      try await scene.flush(until: "2027-01-11T02:15:00Z")
      for _ in 1...2 { try await scene.notification.fire("DispatchDue") }
      #expect(carriers.pushes == 20)
      #expect(try await scene.titles("in_app").count == 25)
      let skipped: Int = try await scene.notification.one(
        "select sum(skipped)::int from daily_count_part where channel = 'push'")
      #expect(skipped == 5)
    }
  }

  @Test func `a dispatcher that comes late does not wake anybody`() async throws {
    try await Self.run(at: "2027-01-11T14:30:00Z") { scene, carriers in
      try await scene.beQuiet()
      try await scene.act(by: sampleUser(101))
      try await scene.flush(until: "2027-01-11T14:50:00Z")
      try await scene.go(to: "2027-01-11T15:00:01Z")
      try await scene.notification.fire("DispatchDue")
      #expect(carriers.pushes == 0)
      #expect(try await scene.dues() == [try #require(Instant("2027-01-12T01:00:00Z"))])
      let attempts: Int = try await scene.notification.one("select attempts from notification where channel = 'push'")
      #expect(attempts == 0)
      try await scene.go(to: "2027-01-12T01:00:00Z")
      try await scene.notification.fire("DispatchDue")
      #expect(carriers.pushes == 1)
    }
  }
}

extension Carriers {
  fileprivate var pushes: Int { names.filter { $0 == "fcm" }.count }
}
