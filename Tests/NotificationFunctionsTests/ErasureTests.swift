import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// Of a user who is gone there is no trace in any column of any table, nor does one appear later.
@Suite struct ErasureTests {
  private static let user = sampleUser(1)
  private static let address = "sari.dewi@contoh.test"
  private static let token = "token-of-saris-telephone"
  /// What must not be found: addresses, also in part, the token, and what only messages to the user say.
  private static let traces = [
    "sari.dewi", "contoh.test", "81277776666", "+628****666", token, "Sari Dewi", "rahasia-satu", "rahasia-dua",
    "rahasia-tiga", "279.250", "/avatar-sari",
  ]

  /// Every table, with how many of its rows have one of the traces anywhere. Of a body that came with a key the host keeps
  /// a hash, but a test the body itself.
  private static func found(_ notification: BundleUnderTest) async throws -> [String: Int] {
    let tables: [String] = try await notification.query(
      """
      select table_schema || '.' || table_name from information_schema.tables
      where table_schema in ('public', 'lakoo') and table_type = 'BASE TABLE' order by 1
      """)
    #expect(tables.count > 20)
    var found: [String: Int] = [:]
    for table in tables {
      let name = SQL(stringLiteral: table)
      let patterns = traces.map { "%\($0)%" }
      let count: Int = try await notification.one(
        "select count(*) from \(name) as line where (to_jsonb(line) - 'fingerprint')::text ilike any (\(patterns)::text[])"
      )
      if count > 0 { found[table] = count }
    }
    return found
  }

  /// Everything that the platform may know of somebody.
  private static func live(_ notification: BundleUnderTest, _ carriers: Carriers) async throws {
    try await notification.handle(
      "WelcomeUser", type: "user.registered",
      data: [
        "userId": .string("\(user)"), "displayName": "Sari Dewi", "email": .string(address), "phone": "0812-7777-6666",
        "locale": "id", "marketingOptIn": true, "registeredAt": .string("\(notification.clock.now)"),
      ])
    try await notification.handle(
      "RefreshRecipient", type: "user.verified",
      data: ["userId": .string("\(user)"), "channel": "phone", "phone": "081277776666"])
    notification.clock.advance(by: .seconds(1))
    try await notification.handle(
      "RefreshRecipient", type: "user.profile_updated",
      data: [
        "userId": .string("\(user)"), "displayName": "Sari Dewi", "email": .string(address), "phone": "+6281277776666",
        "avatarUrl": "https://a.test/avatar-sari.png",
      ])
    let choices: JSON = ["whatsappEnabled": true, "newsletter": true]
    #expect(try await notification.call("UpdatePreferences", body: choices, caller: .user(user)).status == 200)
    for number in 1...2 {
      let device: JSON = ["platform": "android", "token": .string("\(token)-\(number)")]
      #expect(try await notification.call("RegisterDevice", body: device, caller: .user(user)).status == 200)
    }
    let mute = [(name: "type", value: "post"), (name: "targetId", value: "\(sampleUser(77))")]
    #expect(try await notification.call("MuteTarget", path: mute, caller: .user(user)).status == 204)
    try await notification.pay(user)
    for (text, ahead) in [("rahasia-satu", 0), ("rahasia-dua", 20)] {
      let body: JSON = [
        "userId": .string("\(user)"), "title": .string(text), "message": .string(text),
        "channels": ["in_app", "push", "email", "whatsapp", "sms"], "priority": "urgent",
        "scheduledFor": .string("\(notification.clock.now + .hours(Int64(ahead)))"),
      ]
      #expect(
        try await notification.call("SendNotification", body: body, caller: .service, key: "k-\(ahead)").status == 202)
    }
    try await act(notification)
    try await notification.fire("DispatchDue")
    try await bounce(notification)
  }

  /// Others do something about the user's posts, and the user about another's.
  private static func act(_ notification: BundleUnderTest) async throws {
    for (author, actor, text) in [(user, sampleUser(5), "rahasia-tiga"), (sampleUser(6), user, "halo")] {
      try await notification.handle(
        "CollectPostComment", type: "post.commented",
        data: [
          "postId": .string("\(author)"), "postAuthorId": .string("\(author)"), "commentId": .string("\(actor)"),
          "userId": .string("\(actor)"), "userName": "x", "excerpt": .string(text),
        ])
    }
  }

  private static func bounce(_ notification: BundleUnderTest) async throws {
    let mail: ID = try await notification.one(
      "select notification_id from delivery where provider = 'sendgrid' order by id limit 1")
    try await notification.report("bounce", of: "mail-1", to: address, reference: mail)
    let text: JSON = [
      "MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "30003", "To": "+6281277776666",
    ]
    try await notification.receive("TwilioStatus", body: text)
    let chat: ID = try await notification.one(
      "select notification_id from delivery where provider = 'whatsapp' order by id limit 1")
    try await notification.receive(
      "WhatsAppStatus", body: ["id": "wa-1", "status": "failed", "number": "6281277776666"])
    #expect(try await notification.resend(chat).status == 202)
  }

  @Test func `no address, token or text of a deleted user remains anywhere`() async throws {
    try await withDispatch { notification, carriers in
      try await Self.live(notification, carriers)
      let known = try await Self.found(notification)
      for table in ["device", "recipient", "notification", "delivery", "social_batch"] {
        #expect(known["public.\(table)"] != nil, "the test says nothing of \(table)")
      }
      for _ in 1...2 {
        try await notification.handle("EraseRecipient", type: "user.deleted", data: ["userId": .string("\(Self.user)")])
        let left = try await Self.found(notification)
        #expect(left.isEmpty, "\(left)")
      }
    }
  }

  @Test func `what is being written while the account goes is gone as well`() async throws {
    try await BroadcastScene.run { scene in
      let notification = scene.notification
      try await scene.people(2)
      let person = sampleUser(1)
      _ = try await scene.plan()
      try await notification.write(
        """
        create function dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(1); return new; end $$
        """)
      try await notification.write(
        "create trigger dawdle after insert on notification for each row execute function dawdle()")
      async let run: Void = scene.run()
      for _ in 0..<1_000 {
        let isWriting: Bool = try await notification.one(
          "select exists (select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep')")
        if isWriting { break }
        try await Task.sleep(for: .milliseconds(5))
      }
      try await notification.handle("EraseRecipient", type: "user.deleted", data: ["userId": .string("\(person)")])
      try await run
      let texts = try await notification.query("select user_id from notification where body <> ''", as: ID.self)
      #expect(texts == [sampleUser(2)])
      #expect(
        try await notification.query("select user_id from notification_preference", as: ID.self) == [sampleUser(2)])
    }
  }

  private static let count: SQL = "select count(*) from notification where user_id = \(user)"

  @Test func `what comes after makes no message and no preference, and nothing is sent`() async throws {
    try await withDispatch { notification, carriers in
      try await Self.live(notification, carriers)
      try await notification.handle("EraseRecipient", type: "user.deleted", data: ["userId": .string("\(Self.user)")])
      let (calls, rows) = (
        carriers.calls.count, try await notification.one(Self.count, as: Int.self)
      )
      try await notification.pay(Self.user)
      try await Self.act(notification)
      let body: JSON = ["userId": .string("\(Self.user)"), "title": "rahasia-satu", "message": "rahasia-satu"]
      let reply = try await notification.call("SendNotification", body: body, caller: .service, key: "late")
      #expect(reply.status == 202 && reply.data["ids"]?.array?.isEmpty == true)
      try await notification.handle(
        "RefreshRecipient", type: "user.profile_updated",
        data: ["userId": .string("\(Self.user)"), "displayName": "Sari Dewi", "email": .string(Self.address)])
      let texts = try await notification.query(
        "select provider_message_id from delivery where provider = 'whatsapp'", as: String.self)
      for text in texts {
        try await notification.receive("WhatsAppStatus", body: ["id": .string(text), "status": "failed"])
      }
      try await notification.report("unsubscribe", of: "mail-2", to: Self.address)
      let late: [(String, [(name: String, value: String)], JSON?)] = [
        ("RegisterDevice", [], ["platform": "ios", "token": .string(Self.token)]),
        ("UpdatePreferences", [], ["newsletter": true]),
        ("MuteTarget", [("type", "post"), ("targetId", "\(sampleUser(78))")], nil),
      ]
      for (function, path, body) in late {
        let reply = try await notification.call(function, path: path, body: body, caller: .user(Self.user))
        #expect(reply.status == 401, "\(function): \(reply.json)")
      }
      notification.clock.advance(by: .days(2))
      try await notification.fire("FlushSocialBatches")
      try await notification.fire("DispatchDue")
      #expect(carriers.calls.count == calls)
      #expect(try await notification.one(Self.count, as: Int.self) == rows)
      let left = try await Self.found(notification)
      #expect(left.isEmpty, "\(left)")
      let choices: Int = try await notification.one(
        "select count(*) from notification_preference where user_id = \(Self.user)")
      #expect(choices == 0)
    }
  }
}
