import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// Whatever another user calls, a user's rows stay as they are and are not shown.
@Suite struct OwnRowsTests {
  private static let (owner, stranger) = (sampleUser(1), sampleUser(2))

  /// What a stranger sends to each route that takes users without a role, about the owner's message or device.
  private struct Attempt {
    var function: String
    var path: [(name: String, value: String)] = []
    var query: [(name: String, value: String)] = []
    var body: JSON?
    /// Of what is somebody's by its id.
    var status = 200
  }

  private static func attempts(message: String, device: String) -> [Attempt] {
    let about = [(name: "id", value: message)]
    let mute = [(name: "type", value: "post"), (name: "targetId", value: "\(sampleUser(77))")]
    return [
      Attempt(function: "ListNotifications", query: [("limit", "100")]), Attempt(function: "UnreadCount"),
      Attempt(function: "GetNotification", path: about, status: 404),
      Attempt(function: "MarkRead", path: about, status: 404),
      Attempt(function: "MarkUnread", path: about, status: 404),
      Attempt(function: "MarkAllRead", body: [:]), Attempt(function: "MarkAllRead", body: ["before": .string(message)]),
      Attempt(function: "DeleteNotification", path: about, status: 404),
      Attempt(function: "GetPreferences"),
      Attempt(function: "UpdatePreferences", body: ["pushEnabled": false, "locale": "en"]),
      Attempt(function: "MuteTarget", path: mute, status: 204),
      Attempt(function: "UnmuteTarget", path: mute, status: 204),
      Attempt(function: "RegisterDevice", body: ["platform": "ios", "token": "token-of-a-stranger"]),
      Attempt(function: "ListDevices"), Attempt(function: "RemoveDevice", path: [("id", device)], status: 404),
    ]
  }

  private static func rows(_ notification: BundleUnderTest) async throws -> [String] {
    try await notification.query(
      """
      select to_jsonb(notification)::text from notification where user_id = \(owner)
      union all select to_jsonb(device)::text from device where user_id = \(owner)
      union all select to_jsonb(choice)::text from notification_preference choice where user_id = \(owner)
      union all select to_jsonb(muted)::text from muted_target muted where user_id = \(owner) order by 1
      """, as: String.self)
  }

  @Test func `no route of users shows or changes what is another's`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      try await notification.introduce(Self.owner)
      try await notification.pay(Self.owner)
      try await notification.pay(Self.owner)
      let message = try #require(try await notification.feed(Self.owner).first)
      #expect(try await notification.call("MarkRead", message, by: Self.owner).status == 200)
      let mute = [(name: "type", value: "post"), (name: "targetId", value: "\(sampleUser(77))")]
      #expect(try await notification.call("MuteTarget", path: mute, caller: .user(Self.owner)).status == 204)
      let device: ID = try await notification.one("select id from device")
      let before = try await Self.rows(notification)
      let attempts = Self.attempts(message: message, device: device.description)
      #expect(Set(attempts.map(\.function)) == Set(notification.endpointsOfUsers))
      for attempt in attempts {
        let reply = try await notification.call(
          attempt.function, path: attempt.path, query: attempt.query, body: attempt.body, caller: .user(Self.stranger))
        #expect(reply.status == attempt.status, "\(attempt.function): \(reply.json)")
        let text = String(decoding: reply.body, as: UTF8.self)
        for own in [Self.owner.description, "token-0123456789"] { #expect(!text.contains(own)) }
        #expect(reply.status != 200 || !text.contains(message) && !text.contains(device.description))
        #expect(try await Self.rows(notification) == before, "\(attempt.function)")
      }
      #expect(try await notification.call("UnreadCount", caller: .user(Self.stranger)).data["count"] == 0)
      #expect(try await notification.call("UnreadCount", caller: .user(Self.owner)).data["count"] == 1)
    }
  }
}
