import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

@Suite struct PreferencesEndpointTests {
  private static let user = sampleUser(5)

  private static func update(
    _ notification: BundleUnderTest, _ body: JSON, version: Int? = nil
  ) async throws -> TestReply {
    try await notification.call(
      "UpdatePreferences", body: body, caller: .user(user), headers: version.map { ["if-match": "\"\($0)\""] } ?? [:])
  }

  @Test func `who never chose has the usual, and what is changed stays changed`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let usual = try await notification.call("GetPreferences", caller: .user(Self.user))
      #expect(usual.data["whatsappEnabled"] == false)
      #expect(usual.data["quiet"]?["start"] == "22:00")
      let changed = try await Self.update(
        notification, ["whatsappEnabled": true, "overrides": ["social:push": false], "locale": "en"])
      #expect(changed.status == 200, "\(changed.json)")
      let seen = try await notification.call("GetPreferences", caller: .user(Self.user))
      #expect(seen.data == changed.data)
      #expect(seen.data["version"] == 1)
      #expect(seen.header("etag") == "\"1\"")
      #expect(seen.data["emailEnabled"] == true)
    }
  }

  @Test func `a stale version is refused`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      #expect(try await Self.update(notification, ["newsletter": true], version: 0).status == 200)
      let stale = try await Self.update(notification, ["newsletter": false], version: 0)
      #expect(stale.status == 412)
      #expect(stale.code == "stale_version")
    }
  }

  @Test(arguments: [
    (#"{"overrides":{"payment:email":false}}"#, "mandatory_category"),
    (#"{"overrides":{"order:in_app":false}}"#, "mandatory_category"),
    (#"{"overrides":{"gossip:push":false}}"#, "validation_failed"),
    (#"{"overrides":{"social":false}}"#, "validation_failed"),
    (#"{"quiet":{"start":"22:00","end":"22:00"}}"#, "invalid_quiet_hours"),
    (#"{"quiet":{"start":"24:00"}}"#, "invalid_quiet_hours"),
    (#"{"quiet":{"end":"8:00"}}"#, "invalid_quiet_hours"),
    (#"{"quiet":{"end":"+8:00"}}"#, "invalid_quiet_hours"),
    (#"{"quiet":{"timezone":"Asia/Atlantis"}}"#, "unknown_timezone"),
  ])
  func `what makes no sense is refused and changes nothing`(body: String, code: String) async throws {
    try await withBundle("notification", Notification.self) { notification in
      let reply = try await Self.update(notification, JSON.parse(Array(body.utf8)))
      #expect(reply.status == 422)
      #expect(reply.code == code)
      let versions = try await notification.query("select version from notification_preference", as: Int.self)
      #expect(versions.allSatisfy { $0 == 0 })
    }
  }

  @Test func `a mandatory message can be turned off on other channels`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let reply = try await Self.update(notification, ["overrides": ["payment:push": false]])
      #expect(reply.status == 200)
    }
  }

  /// The token of the link in a letter.
  private static func advertise(_ notification: BundleUnderTest) async throws -> String {
    try await notification.write(
      """
      insert into recipient (user_id, email, created_at, updated_at) values (\(user), 'a@example.com', now(), now())
      """)
    try await notification.handle(
      "NotifyShopper", type: "cart.abandoned",
      data: [
        "userId": .string("\(user)"), "cartId": .string("\(sampleUser(9))"), "itemCount": 2, "cartValue": 50_000,
      ])
    return try await notification.one("select metadata->>'unsubscribe' from notification where channel = 'email'")
  }

  @Test func `a link in a letter ends advertising, once pressed and not when looked at`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      _ = try await Self.update(notification, ["newsletter": true])
      let token = try await Self.advertise(notification)
      let page = try await notification.call("ShowUnsubscribe", query: [("token", token)])
      #expect(page.status == 200)
      #expect(try await notification.call("GetPreferences", caller: .user(Self.user)).data["promotions"] == true)
      let ended = try await notification.call("Unsubscribe", query: [("token", token)])
      #expect(ended.data["scope"] == "marketing")
      let seen = try await notification.call("GetPreferences", caller: .user(Self.user)).data
      #expect(seen["promotions"] == false)
      #expect(seen["newsletter"] == false)
      for broken in [String(token.dropLast(2)), token + "00", "zz", "", String(token.reversed())] {
        let reply = try await notification.call("Unsubscribe", query: [("token", broken)])
        #expect(reply.status == 400)
        #expect(reply.code == "invalid_token")
      }
      notification.clock.advance(by: .days(91))
      #expect(try await notification.call("Unsubscribe", query: [("token", token)]).code == "invalid_token")
    }
  }
}
