import FunctionKit
import FunctionTesting
import NotificationFunctions
import Testing

@Suite struct ListNotificationsTests {
  @Test func `newest first, page by page, each once`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let user = notification.newID()
      for _ in 1...7 { try await notification.pay(user) }
      let all = try await notification.feed(user)
      var (pages, cursor): ([[String]], String?) = ([], nil)
      repeat {
        let query = [(name: "limit", value: "3")] + (cursor.map { [(name: "cursor", value: $0)] } ?? [])
        let reply = try await notification.call("ListNotifications", query: query, caller: .user(user))
        pages.append(reply.data.array?.compactMap { $0["id"]?.string } ?? [])
        cursor = reply.json["meta"]?["nextCursor"]?.string
      } while cursor != nil && pages.count < 5
      #expect(all == all.sorted(by: >))
      #expect(pages.map(\.count) == [3, 3, 1])
      #expect(pages.flatMap { $0 } == all)
    }
  }

  @Test func `only what is the user's own, in the app and not deleted`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let (user, other) = (notification.newID(), notification.newID())
      try await notification.introduce(user)
      try await notification.pay(user)
      try await notification.pay(other)
      let feed = try await notification.feed(user)
      #expect(feed.count == 1)
      try await notification.write("update notification set deleted_at = now() where user_id = \(user)")
      #expect(try await notification.feed(user).isEmpty)
      #expect(try await notification.feed(other).count == 1)
    }
  }

  @Test func `the list can be kept to what is unread or of one category`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let user = notification.newID()
      try await notification.pay(user)
      try await notification.pay(user, type: "payment.late_captured", more: [("lateAmount", 1)])
      let feed = try await notification.feed(user)
      #expect(try await notification.feed(user, [("category", "refund")]) == [feed[0]])
      _ = try await notification.call("MarkRead", feed[0], by: user)
      #expect(try await notification.feed(user, [("unreadOnly", "true")]) == [feed[1]])
      #expect(try await notification.feed(user, [("unreadOnly", "false")]) == feed)
    }
  }

  @Test(arguments: [("limit", "0"), ("limit", "101"), ("limit", "x"), ("category", "gossip"), ("unreadOnly", "maybe")])
  func `a filter that makes no sense is refused`(name: String, value: String) async throws {
    try await withBundle("notification", Notification.self) { notification in
      let reply = try await notification.call(
        "ListNotifications", query: [(name, value)], caller: .user(notification.newID()))
      #expect(reply.status == 422)
      #expect(reply.json["details"]?[0]?["field"]?.string == name)
    }
  }

  @Test func `a cursor of another list is refused, and so is one that was tampered with`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let cursors = [
        "zz", "", Cursor.text(list: "orders", position: "1"), Cursor.text(list: "notifications", position: "1' or 1=1"),
      ]
      for cursor in cursors {
        let reply = try await notification.call(
          "ListNotifications", query: [("cursor", cursor)], caller: .user(notification.newID()))
        #expect(reply.status == 400)
        #expect(reply.code == "invalid_cursor")
      }
    }
  }

  @Test func `a message names the people it tells of, in their order`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let (user, first, second) = (notification.newID(), notification.newID(), notification.newID())
      try await notification.pay(user)
      for actor in [second, first] { try await notification.introduce(actor) }
      try await notification.write("update recipient set display_name = 'Ayu' where user_id = \(first)")
      try await notification.write(
        "update notification set actor_ids = \([first, second]), actor_count = 5 where user_id = \(user)")
      let message = try await notification.call("ListNotifications", caller: .user(user)).data[0]
      #expect(message?["actors"]?.array?.compactMap { $0["id"]?.string } == [first.description, second.description])
      #expect(message?["actors"]?[0]?["name"] == "Ayu")
      #expect(message?["actorCount"] == 5)
    }
  }

  @Test func `nobody is not a user`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let reply = try await notification.call("ListNotifications")
      #expect(reply.status == 401)
    }
  }
}
