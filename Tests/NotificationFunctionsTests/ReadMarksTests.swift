import FunctionKit
import FunctionTesting
import NotificationFunctions
import Testing

@Suite struct ReadMarksTests {
  @Test func `the count follows what is read, unread and deleted`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let user = notification.newID()
      try await notification.introduce(user)
      for _ in 1...3 { try await notification.pay(user) }
      try await notification.pay(user, type: "payment.late_captured", more: [("lateAmount", 1)])
      func count() async throws -> JSON { try await notification.call("UnreadCount", caller: .user(user)).data }
      let feed = try await notification.feed(user)
      #expect(try await count() == ["count": 4, "categories": ["payment": 3, "refund": 1]])
      _ = try await notification.call("MarkRead", feed[0], by: user)
      #expect(try await count() == ["count": 3, "categories": ["payment": 3]])
      _ = try await notification.call("MarkUnread", feed[0], by: user)
      try await notification.write("update notification set deleted_at = now() where id = \(feed[1])")
      #expect(try await count() == ["count": 3, "categories": ["payment": 2, "refund": 1]])
    }
  }

  @Test func `the first reading counts, and unread takes it back`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let user = notification.newID()
      try await notification.pay(user)
      let id = try await notification.feed(user)[0]
      let first = try await notification.call("MarkRead", id, by: user)
      notification.clock.advance(by: .minutes(5))
      let second = try await notification.call("MarkRead", id, by: user)
      #expect(first.data["readAt"]?.string != nil)
      #expect(second.data == first.data)
      #expect(try await notification.call("GetNotification", id, by: user).data == first.data)
      for _ in 1...2 {
        let unread = try await notification.call("MarkUnread", id, by: user)
        #expect(unread.data["readAt"] == .null)
      }
    }
  }

  @Test(arguments: ["GetNotification", "MarkRead", "MarkUnread"])
  func `what is not the user's, not in the app or not there is not found`(function: String) async throws {
    try await withBundle("notification", Notification.self) { notification in
      let (user, other) = (notification.newID(), notification.newID())
      try await notification.introduce(user)
      try await notification.pay(user)
      let id = try await notification.feed(user)[0]
      let email: ID = try await notification.one("select id from notification where channel = 'email'")
      for (message, reader) in [(id, other), (email.description, user), (user.description, user)] {
        #expect(try await notification.call(function, message, by: reader).status == 404)
      }
      let malformed = try await notification.call(function, "1", by: user)
      #expect(malformed.status == 422)
      let unread: Int = try await notification.one("select count(*) from notification where read_at is null")
      #expect(unread == 4)
    }
  }

  @Test func `everything is read at once, or a category, or up to a message`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let (user, other) = (notification.newID(), notification.newID())
      for _ in 1...4 { try await notification.pay(user) }
      try await notification.pay(user, type: "payment.late_captured", more: [("lateAmount", 1)])
      try await notification.pay(other)
      let feed = try await notification.feed(user)
      func mark(_ body: JSON?) async throws -> Int? {
        try await notification.call("MarkAllRead", body: body, caller: .user(user)).data["updated"]?.int
      }
      #expect(try await mark(["before": .string(feed[3])]) == 2)
      #expect(try await mark(["category": "refund"]) == 1)
      #expect(try await notification.feed(user, [("unreadOnly", "true")]) == [feed[1], feed[2]])
      #expect(try await mark(nil) == 2)
      #expect(try await mark([:]) == 0)
      #expect(try await notification.feed(other, [("unreadOnly", "true")]).count == 1)
    }
  }
}
