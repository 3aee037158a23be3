import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// The letter about a week.
@Suite struct NewsletterTests {
  /// A Monday, 10:00 in Jakarta.
  private static let monday = "2027-01-11T03:00:00Z"

  /// A window of doings that was over at a moment.
  private static func happened(
    _ type: String, _ count: Int, to person: Int, at moment: String = "2027-01-06T05:00:00Z", target: Int = 500,
    _ scene: BroadcastScene
  ) async throws {
    let time = try #require(Instant(moment))
    try await scene.notification.write(
      """
      insert into social_batch (id, recipient_id, type, target_id, window_opened_at, flush_at, actors, actor_count,
        last_actors, status, created_at, updated_at)
      values (\(scene.notification.newID()), \(sampleUser(person)), \(type), \(sampleUser(target)), \(time), \(time), '{}',
        \(count), '{}', 'flushed', now(), now())
      """)
  }

  private static func letters(_ scene: BroadcastScene) async throws -> [StoredMessage] {
    try await scene.notification.query(
      "select channel, status, title, body from notification where occasion like 'newsletter:%' order by user_id")
  }

  @Test func `who takes it hears of the week, in their language, and can leave it`() async throws {
    try await BroadcastScene.run(at: Self.monday) { scene in
      try await scene.people(4)
      for person in 1...3 { try await scene.prefer("newsletter = true", person) }
      try await scene.prefer("locale = 'en', promotions = false", 2)
      for person in [1, 2, 4] {
        try await Self.happened("post_liked", 12, to: person, scene)
        try await Self.happened("comment_liked", 3, to: person, scene)
        try await Self.happened("post_commented", 2, to: person, scene)
        try await Self.happened("new_follower", 4, to: person, scene)
        try await Self.happened("post_shared", 1, to: person, scene)
      }
      try await scene.notification.fire("DigestNewsletter")
      #expect(
        try await Self.letters(scene) == [
          StoredMessage(
            channel: "email", status: "pending", title: "Sepekan Anda di Lakoo",
            body: "Inilah yang terjadi dari 2027-01-04 sampai 2027-01-10. Suka: 15 · Komentar: 2 · "
              + "Disimpan dan dibagikan: 1 · Pengikut baru: 4 · Sebutan: 0"),
          StoredMessage(
            channel: "email", status: "pending", title: "Your week on Lakoo",
            body: "This is what happened from 2027-01-04 to 2027-01-10. Likes: 15 · Comments: 2 · "
              + "Saved and shared: 1 · New followers: 4 · Mentions: 0"),
        ])
      try await scene.notification.fire("DispatchDue")
      let mail = try JSON.parse(try #require(scene.carriers.calls.first).body)
      let html = mail["content"]?.array?.last?["value"]?.string ?? ""
      let header = mail["personalizations"]?[0]?["headers"]?["List-Unsubscribe"]?.string ?? ""
      #expect(header.hasPrefix("<https://api.lakoo.id/unsubscribe?token="))
      let link = try #require(html.split(separator: "\"").first { $0.contains("/unsubscribe?token=") })
      let token = String(link.split(separator: "=").last ?? "")
      let left = try await scene.notification.call("Unsubscribe", body: ["token": .string(token)])
      #expect(left.data["scope"] == "newsletter")
      let taste = try await scene.notification.call("GetPreferences", caller: .user(sampleUser(1)))
      #expect(taste.data["newsletter"] == false)
      #expect(taste.data["promotions"] == true)
    }
  }

  @Test func `twice, at once, or late by a little is once; and a week later it is another one`() async throws {
    try await BroadcastScene.run(at: Self.monday) { scene in
      try await scene.people(1)
      try await scene.prefer("newsletter = true", 1)
      try await Self.happened("post_liked", 1, to: 1, scene)
      try await Self.happened("post_liked", 1, to: 1, at: "2027-01-12T05:00:00Z", scene)
      let due = try #require(Instant(Self.monday))
      async let one: Void = scene.notification.fire("DigestNewsletter", scheduledAt: due)
      async let other: Void = scene.notification.fire("DigestNewsletter", scheduledAt: due)
      _ = try await (one, other)
      scene.notification.clock.advance(by: .hours(11))
      try await scene.notification.fire("DigestNewsletter", scheduledAt: due)
      #expect(try await Self.letters(scene).count == 1)
      try await scene.go(to: "2027-01-18T03:00:00Z")
      try await scene.notification.fire("DigestNewsletter")
      #expect(try await Self.letters(scene).count == 2)
    }
  }

  @Test(arguments: [("2027-01-11T14:59:00Z", 1), ("2027-01-11T15:00:01Z", 0)])
  func `half a day late is too late`(now: String, letters: Int) async throws {
    try await BroadcastScene.run(at: Self.monday) { scene in
      try await scene.people(1)
      try await scene.prefer("newsletter = true", 1)
      try await Self.happened("post_liked", 1, to: 1, scene)
      try await scene.go(to: now)
      let due = try #require(Instant(Self.monday))
      try await scene.notification.fire("DigestNewsletter", scheduledAt: due)
      #expect(try await Self.letters(scene).count == letters)
    }
  }

  @Test func `a letter that can't be written fails the run, and its repetition writes just that one`() async throws {
    try await BroadcastScene.run(at: Self.monday) { scene in
      try await scene.people(3)
      for person in 1...3 {
        try await scene.prefer("newsletter = true", person)
        try await Self.happened("post_liked", 1, to: person, scene)
      }
      try await scene.refuse(2, with: "40P01")
      await #expect(throws: Problem.self) { try await scene.notification.fire("DigestNewsletter") }
      #expect(try await Self.letters(scene).count == 2)
      try await scene.refuseNobody()
      try await scene.notification.fire("DigestNewsletter")
      #expect(try await Self.letters(scene).count == 3)
    }
  }

  @Test func `what is not of the week, or of a muted post, is not told`() async throws {
    try await BroadcastScene.run(at: Self.monday) { scene in
      try await scene.people(2)
      for person in 1...2 { try await scene.prefer("newsletter = true", person) }
      // Monday 00:00 in Jakarta begins a week, and belongs to it.
      try await Self.happened("post_liked", 7, to: 1, at: "2027-01-03T16:59:59Z", scene)
      try await Self.happened("post_liked", 5, to: 1, at: "2027-01-03T17:00:00Z", scene)
      try await Self.happened("post_liked", 3, to: 1, at: "2027-01-10T16:59:59Z", scene)
      try await Self.happened("post_liked", 1, to: 1, at: "2027-01-10T17:00:00Z", scene)
      try await Self.happened("post_liked", 9, to: 2, target: 501, scene)
      _ = try await scene.notification.call(
        "MuteTarget", path: [("type", "post"), ("targetId", "\(sampleUser(501))")], caller: .user(sampleUser(2)))
      try await scene.notification.fire("DigestNewsletter")
      let letters = try await Self.letters(scene)
      #expect(letters.count == 1)
      #expect(letters.first?.body.contains("Suka: 8 ·") == true)
    }
  }

  @Test func `where it is night the letter waits for the day, and who leaves meanwhile gets none`() async throws {
    try await BroadcastScene.run(at: Self.monday) { scene in
      try await scene.people(3)
      for (person, zone) in [(1, "Asia/Jayapura"), (2, "America/New_York"), (3, "America/New_York")] {
        try await scene.prefer("newsletter = true, timezone = \(zone)", person)
        try await Self.happened("new_follower", 1, to: person, scene)
      }
      try await scene.notification.fire("DigestNewsletter")
      let dues = try await scene.notification.query(
        "select next_attempt_at from notification order by user_id", as: Instant.self)
      #expect(dues.count == 3 && dues[0] < scene.notification.clock.now)
      // 22:00 on Sunday there; nine in the morning is 14:00 UTC.
      #expect(dues.dropFirst().allSatisfy { $0 == Instant("2027-01-11T14:00:00Z") })
      _ = try await scene.notification.call(
        "UpdatePreferences", body: ["newsletter": false], caller: .user(sampleUser(3)))
      try await scene.go(to: "2027-01-11T14:00:00Z")
      try await scene.notification.fire("DispatchDue")
      #expect(try await Self.letters(scene).map(\.status) == ["sent", "sent", "cancelled"])
    }
  }

  @Test func `a deleted account leaves no trace of its letters`() async throws {
    try await BroadcastScene.run(at: Self.monday) { scene in
      try await scene.people(1)
      try await scene.prefer("newsletter = true", 1)
      try await Self.happened("post_liked", 1, to: 1, scene)
      try await scene.notification.fire("DigestNewsletter")
      try await scene.notification.handle(
        "EraseRecipient", type: "user.deleted", data: ["userId": .string("\(sampleUser(1))")])
      #expect(try await scene.notification.one("select count(*) from newsletter_digest", as: Int.self) == 0)
      #expect(try await Self.letters(scene).map(\.body) == [""])
    }
  }

  @Test(arguments: [
    ("2027-01-11T03:00:00Z", "2027-01-04", "2027-01-10"), ("2027-01-10T16:59:59Z", "2026-12-28", "2027-01-03"),
    ("2027-01-10T17:00:00Z", "2027-01-04", "2027-01-10"), ("2028-03-06T03:00:00Z", "2028-02-28", "2028-03-05"),
  ])
  func `a week is from Monday to Sunday in Jakarta`(moment: String, first: String, last: String) throws {
    let week = DigestWeek(before: try #require(Instant(moment)))
    #expect(week.name == first)
    #expect(week.lastDay == last)
  }
}
