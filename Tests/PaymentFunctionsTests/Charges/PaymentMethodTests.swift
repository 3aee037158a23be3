import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct PaymentMethodTests {
  private static func add(
    _ scene: PaymentScene, _ token: String, channel: String = "card_credit", user: ID? = nil
  ) async throws -> TestReply {
    try await scene.payment.call(
      "AddPaymentMethod",
      body: ["channel": .string(channel), "gatewayToken": .string(token), "displayName": "Kartu saya"],
      caller: .user(user ?? scene.buyer))
  }

  private static func list(_ scene: PaymentScene, _ user: ID? = nil) async throws -> [JSON] {
    try await scene.payment.call("ListPaymentMethods", caller: .user(user ?? scene.buyer)).data.array ?? []
  }

  @Test func `the token is sealed, and shown to nobody`() async throws {
    try await PaymentScene.run { scene in
      let reply = try await Self.add(scene, "tok_4242secret")
      #expect(reply.status == 201 && reply.data["isDefault"] == true && reply.data["displayName"] == "Kartu saya")
      #expect(!String(decoding: reply.body, as: UTF8.self).contains("secret"))
      let stored: String = try await scene.payment.one(
        "select encode(gateway_token_enc, 'escape') || encode(gateway_token_hash, 'escape') from payment_method")
      #expect(!stored.contains("secret"))
      #expect(try await Self.add(scene, "tok_4242secret").data["id"] == reply.data["id"])
      #expect(try await Self.list(scene).count == 1)
      #expect(try await Self.list(scene, sampleID(66)).isEmpty)
    }
  }

  @Test func `there are ten at most, also at once, and one of them is the default`() async throws {
    try await PaymentScene.run { scene in
      let statuses = try await withThrowingTaskGroup { group in
        for number in 0..<13 { group.addTask { try await Self.add(scene, "tok_number\(number)").status } }
        return try await group.reduce(into: [Int]()) { $0.append($1) }
      }
      #expect(statuses.filter { $0 == 201 }.count == 10 && statuses.filter { $0 == 409 }.count == 3)
      #expect(try await Self.add(scene, "tok_onemore").code == "too_many_methods")
      let methods = try await Self.list(scene)
      #expect(methods.count == 10 && methods.filter { $0["isDefault"] == true }.count == 1)
    }
  }

  @Test func `another default takes the place of the one before, and a removed one is followed by another`()
    async throws
  {
    try await PaymentScene.run { scene in
      let ids = [
        try await Self.add(scene, "tok_first1").data["id"], try await Self.add(scene, "tok_second").data["id"],
      ]
      #expect(try await scene.act("SetDefaultPaymentMethod", on: ids[1]).data["isDefault"] == true)
      #expect(try await Self.list(scene).map { $0["isDefault"] } == [true, false])
      #expect(try await scene.act("RemovePaymentMethod", on: ids[1]).status == 204)
      #expect(try await Self.list(scene).map { $0["isDefault"] } == [true])
      #expect(try await scene.act("RemovePaymentMethod", on: ids[1]).status == 404)
      let left: Int = try await scene.payment.one(
        "select count(*) from payment_method where deleted_at is not null and gateway_token_enc is not null")
      #expect(left == 0)
    }
  }

  @Test func `what is no token, a closed channel, and somebody else's method`() async throws {
    try await PaymentScene.run { scene in
      for token in ["", "short", "with space1", "4111111111111111", String(repeating: "x", count: 256)] {
        #expect(try await Self.add(scene, token).code == "token_rejected")
      }
      #expect(try await Self.add(scene, "tok_12345678", channel: "wallet").code == "channel_disabled")
      let id = try await Self.add(scene, "tok_12345678").data["id"]
      for function in ["SetDefaultPaymentMethod", "RemovePaymentMethod"] {
        #expect(try await scene.act(function, on: id, by: .user(sampleID(66))).status == 404)
      }
    }
  }

  @Test func `a deleted user is forgotten, and what they paid is not`() async throws {
    try await PaymentScene.run { scene in
      _ = try await Self.add(scene, "tok_12345678")
      try await scene.create(scene.request(100_000))
      try await scene.deliver("PAID")
      for _ in 0..<2 {
        try await scene.payment.handle(
          "ErasePayer", type: "user.deleted", data: ["userId": .string(scene.buyer.description)])
      }
      #expect(try await Self.list(scene).isEmpty)
      let kept: Int = try await scene.payment.one(
        "select count(*) from payment where customer = '{}' and amount = 104900 and user_id = \(scene.buyer)")
      #expect(kept == 1)
    }
  }
}
