import FunctionKit
import FunctionTesting
import Runtime
import Synchronization
import Testing

@testable import NotificationFunctions

/// Who users are, and that they can be forgotten.
@Suite struct RecipientTests {
  private static let user = sampleUser(1)

  private static func contact(_ notification: BundleUnderTest) async throws -> [String?] {
    let row: Contact = try await notification.one(
      "select display_name, email, phone, phone_verified from recipient where user_id = \(user)")
    return [row.displayName, row.email, row.phone, row.phoneVerified ? "verified" : nil]
  }

  private struct Contact: Decodable {
    var displayName: String?
    var email: String?
    var phone: String?
    var phoneVerified: Bool
  }

  @Test func `a new user is greeted and known, and news older than what is known change nothing`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let now = notification.clock.now
      try await notification.handle(
        "WelcomeUser", type: "user.registered",
        data: [
          "userId": .string("\(Self.user)"), "displayName": "Sari", "email": "sari@contoh.test",
          "phone": "0812-3456-7890",
          "locale": "id", "marketingOptIn": false, "registeredAt": .string("\(now)"),
        ])
      #expect(try await Self.contact(notification) == ["Sari", "sari@contoh.test", "+6281234567890", nil])
      #expect(
        try await notification.messages(to: Self.user).map(\.title) == ["Selamat datang, Sari", "Selamat datang, Sari"])
      let seen = try await notification.call("GetPreferences", caller: .user(Self.user))
      #expect(seen.data["promotions"] == false)
      try await notification.handle(
        "RefreshRecipient", type: "user.verified",
        data: ["userId": .string("\(Self.user)"), "channel": "phone", "phone": "+62 812 3456 7890"])
      #expect(try await Self.contact(notification).last == "verified")
      notification.clock.advance(by: .seconds(5))
      try await notification.handle(
        "RefreshRecipient", type: "user.profile_updated",
        data: [
          "userId": .string("\(Self.user)"), "displayName": "Sari Dewi", "email": "sari@contoh.test",
          "phone": "081234567890",
        ])
      #expect(try await Self.contact(notification) == ["Sari Dewi", "sari@contoh.test", "+6281234567890", "verified"])
    }
  }

  @Test(arguments: ["0812-3456-7890", "62 812 3456 7890", "+6281234567890", "81234567890"])
  func `a phone number is the same however it is written`(text: String) {
    #expect(PhoneNumber.normal(text) == "+6281234567890")
    #expect(PhoneNumber.normal(PhoneNumber.normal(text)) == "+6281234567890")
  }

  @Test func `who nobody has told of is asked for once`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      notification.on(service: "auth") { _ in
        ["id": "\(Self.user)", "displayName": "Budi", "email": "budi@contoh.test"]
      }
      try await notification.pay(Self.user)
      #expect(try await notification.messages(to: Self.user).map(\.channel) == ["in_app", "email"])
      notification.on(service: "auth") { _ -> [String: String] in
        throw Problem(500, "broken", "must not be asked again")
      }
      try await notification.pay(Self.user)
      #expect(try await notification.messages(to: Self.user).count == 4)
    }
  }

  @Test func `who can't be found out about hears of it in the app`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      notification.on(service: "auth") { _ -> [String: String] in throw Problem.notFound("user") }
      try await notification.pay(Self.user)
      #expect(try await notification.messages(to: Self.user).map(\.channel) == ["in_app"])
    }
  }

  @Test func `of a user who is gone nothing remains that says who it was`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      try await notification.introduce(Self.user)
      try await notification.pay(Self.user)
      for _ in 0..<2 {
        try await notification.handle("EraseRecipient", type: "user.deleted", data: ["userId": .string("\(Self.user)")])
      }
      let left = try await notification.query(
        """
        select 'text' from notification where user_id = \(Self.user)
          and (title <> '' or body <> '' or short_text is not null or html is not null or action_url is not null)
        union all select 'pending' from notification where user_id = \(Self.user) and status = 'pending'
        union all select 'device' from device where user_id = \(Self.user)
        union all select 'contact' from recipient where user_id = \(Self.user)
          and (display_name is not null or email is not null or phone is not null)
        union all select 'preference' from notification_preference where user_id = \(Self.user)
        """, as: String.self)
      #expect(left.isEmpty)
      #expect(try await notification.feed(Self.user).isEmpty)
    }
  }

  @Test func `those who look after the money are told of the same thing once in six hours`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      notification.on(service: "auth") { call -> JSON in
        guard call.path == "/internal/users" else { throw Problem.notFound("user") }
        return [["id": .string("\(Self.user)")]]
      }
      let begin = try #require(Instant("2027-01-11T12:00:00Z"))
      notification.clock.advance(by: .microseconds(begin.microseconds - notification.clock.now.microseconds))
      func warn() async throws {
        try await notification.handle(
          "NotifyOps", type: "inventory.low_stock",
          data: ["productId": .string("\(sampleUser(9))"), "sku": "SKU-1", "currentStock": 3])
      }
      for _ in 0..<3 { try await warn() }
      #expect(try await notification.messages(to: Self.user).map(\.body) == ["SKU SKU-1 tersisa 3."])
      notification.clock.advance(by: .hours(6))
      try await warn()
      #expect(try await notification.messages(to: Self.user).count == 2)
    }
  }

  @Test func `followers are told page by page, and each once although a page is missing at first`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let isDown = Mutex(true)
      notification.on(service: "content") { call -> Page<[String: String]> in
        guard call.query.contains(where: { $0.name == "cursor" && !$0.value.isEmpty }) else {
          return Page([["userId": "\(sampleUser(1))"]], nextCursor: "two")
        }
        if isDown.withLock({ $0 }) { throw Problem(503, "overloaded", "Later.") }
        return Page([["userId": "\(sampleUser(2))"]], nextCursor: nil)
      }
      let event = notification.newID()
      func publish() async throws {
        try await notification.handle(
          "NotifyFollowersOfPost", type: "post.published", id: event,
          data: [
            "postId": .string("\(sampleUser(9))"), "authorId": .string("\(sampleUser(8))"), "authorName": "Toko",
            "sellerId": .string("\(sampleUser(7))"), "visibility": "public", "excerpt": "Baru",
          ])
      }
      await #expect(throws: ServiceError.self) { try await publish() }
      isDown.withLock { $0 = false }
      try await publish()
      #expect(try await notification.messages(to: sampleUser(1)).map(\.title) == ["Toko membuat postingan baru"])
      #expect(try await notification.messages(to: sampleUser(2)).count == 1)
    }
  }

  @Test func `buyer and seller both hear of an order that is cancelled`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      notification.on(service: "seller") { _ in ["userId": "\(sampleUser(2))"] }
      try await notification.handle(
        "NotifyOrderChange", type: "order.cancelled",
        data: [
          "orderId": .string("\(sampleUser(9))"), "orderNumber": "ORD-9", "userId": .string("\(Self.user)"),
          "sellerId": .string("\(sampleUser(3))"), "refundAmount": 0,
        ])
      #expect(try await notification.messages(to: Self.user).map(\.body) == ["Pesanan ORD-9 dibatalkan."])
      #expect(
        try await notification.messages(to: sampleUser(2)).map(\.body) == ["Pesanan ORD-9 dibatalkan. Jangan dikirim."])
    }
  }
}
