import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// What other services have told.
@Suite struct SendNotificationTests {
  private static let user = sampleUser(1)

  @Test func `a text of a service's own, once per key`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let body: JSON = ["userId": .string("\(Self.user)"), "title": "Hai", "message": "Apa kabar"]
      for _ in 0..<2 {
        let reply = try await notification.call("SendNotification", body: body, caller: .service, key: "k")
        #expect(reply.status == 202, "\(reply.json)")
      }
      #expect(try await notification.messages(to: Self.user).map(\.title) == ["Hai"])
    }
  }

  @Test func `a template with its data, for everybody of a role`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      notification.on(service: "auth") { call -> [[String: String]] in
        guard call.path == "/internal/users" else { throw Problem.notFound("user") }
        return [["id": "\(sampleUser(1))"], ["id": "\(sampleUser(2))"]]
      }
      let reply = try await notification.call(
        "SendNotification",
        body: ["role": "finance_admin", "templateCode": "seller_suspended", "data": ["reason": "diperiksa"]],
        caller: .service, key: "k")
      #expect(reply.data["ids"]?.array?.count == 2)
      #expect(try await notification.messages(to: sampleUser(2)).map(\.body) == ["Toko Anda ditangguhkan: diperiksa"])
    }
  }

  @Test(arguments: [
    (#"{"title":"a","message":"b"}"#, 422, "validation_failed"),
    (#"{"userId":"018f2f5e-7b1a-7c3d-9e4f-0123456789ab","title":"a"}"#, 422, "validation_failed"),
    (
      #"{"userId":"018f2f5e-7b1a-7c3d-9e4f-0123456789ab","role":"admin","title":"a","message":"b"}"#, 422,
      "validation_failed"
    ),
    (
      #"{"userId":"018f2f5e-7b1a-7c3d-9e4f-0123456789ab","title":"a","message":"b","actionUrl":"//evil.test"}"#, 422,
      "validation_failed"
    ),
    (
      #"{"userId":"018f2f5e-7b1a-7c3d-9e4f-0123456789ab","title":"a","message":"b","type":"gossip"}"#, 422,
      "validation_failed"
    ),
    (
      #"{"userId":"018f2f5e-7b1a-7c3d-9e4f-0123456789ab","title":"a","message":"b","scheduledFor":"2099-01-01T00:00:00Z"}"#,
      422, "validation_failed"
    ),
    (#"{"userId":"018f2f5e-7b1a-7c3d-9e4f-0123456789ab","templateCode":"nothing"}"#, 404, "template_not_found"),
    (
      #"{"userId":"018f2f5e-7b1a-7c3d-9e4f-0123456789ab","templateCode":"welcome","data":{"name":[]}}"#, 422,
      "template_data_invalid"
    ),
    (
      #"{"userId":"018f2f5e-7b1a-7c3d-9e4f-0123456789ab","templateCode":"price_drop","data":{}}"#, 422,
      "template_data_invalid"
    ),
  ])
  func `what makes no sense is refused, and nobody hears of it`(body: String, status: Int, code: String) async throws {
    try await withBundle("notification", Notification.self) { notification in
      let reply = try await notification.call(
        "SendNotification", body: JSON.parse(Array(body.utf8)), caller: .service, key: "k")
      #expect(reply.status == status)
      #expect(reply.code == code)
      #expect(try await notification.query("select id from notification", as: ID.self).isEmpty)
    }
  }

  @Test func `one that is wrong stops none of the others`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let right: JSON = ["userId": .string("\(Self.user)"), "title": "Hai", "message": "Apa kabar"]
      let reply = try await notification.call(
        "SendBulk", body: ["items": [right, ["title": "x"], right]], caller: .service, key: "k")
      #expect(reply.status == 202)
      #expect(reply.data["accepted"] == 2)
      #expect(reply.data["rejected"]?[0]?["index"] == 1)
      #expect(try await notification.messages(to: Self.user).count == 2)
    }
  }

  @Test func `advertising comes by day, twice at most, and only to those who want it`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      let night = try #require(Instant("2027-01-11T14:00:00Z"))  // 21:00 in Jakarta
      notification.clock.advance(by: .microseconds(night.microseconds - notification.clock.now.microseconds))
      try await notification.introduce(Self.user)
      func remind() async throws {
        try await notification.handle(
          "NotifyShopper", type: "cart.abandoned",
          data: [
            "userId": .string("\(Self.user)"), "cartId": .string("\(sampleUser(9))"), "itemCount": 2,
            "cartValue": 50_000,
          ])
      }
      for _ in 0..<3 { try await remind() }
      let dues = try await notification.query(
        "select distinct next_attempt_at from notification where channel = 'push'", as: Instant.self)
      #expect(dues == [try #require(Instant("2027-01-12T02:00:00Z"))])
      let pushes = try await notification.query("select id from notification where channel = 'push'", as: ID.self)
      #expect(pushes.count == 2)
      _ = try await notification.call("UpdatePreferences", body: ["promotions": false], caller: .user(Self.user))
      notification.clock.advance(by: .days(2))
      try await remind()
      #expect(
        try await notification.query("select id from notification where channel = 'push'", as: ID.self).count == 2)
    }
  }
}
