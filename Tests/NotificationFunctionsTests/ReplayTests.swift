import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// Whatever event comes again, and again, nothing is made anew: past the inbox that would have kept it out already.
@Suite struct ReplayTests {
  /// Those that make nothing for somebody who was not told of anything before.
  private static let silent: Set<String> = [
    "post.deleted", "post.unliked", "post.unsaved", "user.unfollowed",
  ]

  private static func play(_ notification: BundleUnderTest) {
    notification.on(service: "auth") { call -> JSON in
      if call.path == "/internal/users" { return [["id": .string("\(sampleUser(1))")]] }
      throw Problem.notFound("user")
    }
    notification.on(service: "seller") { _ in ["userId": "\(sampleUser(2))"] }
    notification.on(service: "content") { _ -> Page<[String: String]> in
      Page([["userId": "\(sampleUser(3))"], ["userId": "\(sampleUser(4))"]], nextCursor: nil)
    }
  }

  /// All that an event may leave, but for when it was written and what is merely counted.
  private static func rows(_ notification: BundleUnderTest) async throws -> [String] {
    try await notification.query(
      """
      select 'message ' || id || status || title || body || actor_count from notification
      union all select 'attempt ' || id || status from delivery
      union all select 'window ' || id || status || actor_count || actors::text from social_batch
      union all select 'seen ' || actor_id || type from social_seen
      union all select 'user ' || user_id || coalesce(display_name, '') || coalesce(email, '') || coalesce(phone, '')
        || coalesce(deleted_at::text, '') from recipient
      union all select 'choice ' || user_id || version from notification_preference
      union all select 'off ' || cancel_key from cancelled_key
      union all select 'told ' || id from lakoo.outbox
      order by 1
      """, as: String.self)
  }

  @Test func `an event that comes three times leaves what it left the first time`() async throws {
    let events = try await withBundle("notification", Notification.self) { try $0.sampleEvents() }
    #expect(events.count > 60)
    try await withBundle("notification", Notification.self) { notification in
      Self.play(notification)
      try await notification.go(to: "2027-01-11T05:00:00Z")
      for event in events {
        // One event's samples know users of another's.
        try await notification.write(
          """
          truncate notification, social_batch, social_seen, recipient, notification_preference, cancelled_key cascade
          """)
        let before = try await Self.rows(notification)
        let id = notification.newID()
        try await notification.handle(event.function, type: event.type, id: id, data: event.data)
        let first = try await Self.rows(notification)
        #expect(Self.silent.contains(event.type) || first != before, "\(event.function) on \(event.type) did nothing")
        for _ in 2...3 {
          notification.clock.advance(by: .seconds(1))
          try await notification.handle(event.function, type: event.type, id: id, data: event.data)
        }
        let third = try await Self.rows(notification)
        #expect(third == first, "\(event.function) on \(event.type): \(Set(third).symmetricDifference(first))")
      }
    }
  }
}
