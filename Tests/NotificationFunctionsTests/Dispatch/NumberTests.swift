import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// A number leaves in one form, however it came in.
@Suite struct NumberTests {
  @Test(arguments: [
    "081234567890", "0812-3456-7890", "6281234567890", "62 812 3456 7890", "+6281234567890", "+62 812-3456-7890",
  ])
  func `texts and chats go to one number`(written: String) async throws {
    try await withDispatch { notification, carriers in
      let user = notification.newID()
      try await notification.handle(
        "WelcomeUser", type: "user.registered",
        data: [
          "userId": .string("\(user)"), "displayName": "Sari", "email": "sari@contoh.test", "phone": .string(written),
          "locale": "id", "marketingOptIn": false, "registeredAt": .string("\(notification.clock.now)"),
        ])
      notification.clock.advance(by: .seconds(1))
      try await notification.handle(
        "RefreshRecipient", type: "user.verified",
        data: ["userId": .string("\(user)"), "channel": "phone", "phone": .string(written)])
      let choices: JSON = ["whatsappEnabled": true]
      #expect(try await notification.call("UpdatePreferences", body: choices, caller: .user(user)).status == 200)
      let body: JSON = [
        "userId": .string("\(user)"), "title": "T", "message": "M", "channels": ["sms", "whatsapp"],
        "priority": "urgent",
      ]
      #expect(try await notification.call("SendNotification", body: body, caller: .service, key: "k").status == 202)
      try await notification.fire("DispatchDue")
      let text = try #require(carriers.calls.first { $0.upstream == "twilio" })
      #expect(String(decoding: text.body, as: UTF8.self).hasPrefix("To=%2B6281234567890&"))
      let chat = try #require(carriers.calls.first { $0.upstream == "whatsapp" })
      #expect(try JSON.parse(chat.body)["number"]?.string == "6281234567890")
    }
  }
}
