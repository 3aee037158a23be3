import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import WalletFunctions

@Suite struct CashbackFlowTests {
  private static func rule(_ scene: WalletScene, _ changes: [(String, JSON)] = []) async throws -> TestReply {
    var body: JSONObject = [
      "name": "Five percent", "trigger": "order_completed", "kind": "percentage", "valueBp": 500,
      "maxCashback": 20_000, "creditAfterDays": 7, "startsAt": .time(scene.wallet.clock.now - .days(1)),
    ]
    for (name, value) in changes { body[name] = value }
    return try await scene.wallet.call("CreateCashbackRule", body: .object(body), caller: scene.admin)
  }

  private static func complete(
    _ scene: WalletScene, _ goods: Int, order: Int = 800, refunded: Int = 0
  ) async throws {
    try await scene.wallet.handle(
      "AwardCashback", type: "order.completed",
      data: [
        "orderId": .id(sampleID(order)), "userId": .id(scene.buyer), "totalAmount": .int(goods),
        "refundedAmount": .int(refunded), "goodsNet": .int(goods - refunded),
        "completedAt": .time(scene.wallet.clock.now),
        "items": [
          ["productId": .id(sampleID(1)), "categoryId": .id(sampleID(2)), "netTotal": .int(goods - refunded)]
        ],
      ])
  }

  private static func pending(_ scene: WalletScene) async throws -> Int? {
    try await scene.wallet.call("GetMyWallet", caller: .user(scene.buyer)).data["pendingCashback"]?.int
  }

  @Test func `an order earns cashback once, and it comes when it is due`() async throws {
    try await WalletScene.run { scene in
      #expect(try await Self.rule(scene).status == 201)
      try await Self.complete(scene, 333_330)
      try await Self.complete(scene, 333_330)
      #expect(try await Self.pending(scene) == 16_667)
      try await scene.wallet.fire("CreditCashback")
      #expect(try await scene.balances() == .init(0))
      scene.wait(.days(8))
      try await scene.wallet.fire("CreditCashback")
      try await scene.wallet.fire("CreditCashback")
      #expect(try await scene.balances() == .init(0, 16_667))
      #expect(try await Self.pending(scene) == 0)
      #expect(try await scene.account("exp:cashback") == 16_667)
      let total: Int = try await scene.wallet.one("select total_cashback from wallet")
      #expect(total == 16_667)
    }
  }

  @Test func `the rule of the highest priority wins, and of two alike the one that gives more`() async throws {
    try await WalletScene.run { scene in
      _ = try await Self.rule(scene)
      _ = try await Self.rule(scene, [("kind", "fixed"), ("value", 9_000)])
      try await Self.complete(scene, 100_000)
      #expect(try await Self.pending(scene) == 9_000)
      _ = try await Self.rule(scene, [("priority", 1)])
      try await Self.complete(scene, 100_000, order: 801)
      #expect(try await Self.pending(scene) == 14_000)
    }
  }

  @Test func `what is given back takes its cashback along`() async throws {
    try await WalletScene.run { scene in
      _ = try await Self.rule(scene, [("minOrder", 50_000)])
      try await Self.complete(scene, 200_000)
      try await scene.refund(0, number: 1, order: 800, merchandise: 80_000)
      #expect(try await Self.pending(scene) == 6_000)
      try await scene.refund(0, number: 2, order: 800, merchandise: 80_000)
      #expect(try await Self.pending(scene) == 0)
      try await Self.complete(scene, 200_000, order: 801)
      try await scene.refund(200_000, number: 3, isFull: true, order: 801)
      #expect(try await Self.pending(scene) == 0)
      // Given back before it was complete.
      try await scene.refund(0, number: 4, isFull: true, order: 802)
      try await Self.complete(scene, 200_000, order: 802)
      try await Self.complete(scene, 200_000, order: 803, refunded: 200_000)
      #expect(try await Self.pending(scene) == 0)
    }
  }

  @Test func `a user's first order is the first that stays`() async throws {
    try await WalletScene.run { scene in
      _ = try await Self.rule(scene, [("trigger", "first_order")])
      try await Self.complete(scene, 100_000, order: 801, refunded: 100_000)
      try await Self.complete(scene, 100_000, order: 802)
      #expect(try await Self.pending(scene) == 5_000)
      scene.wait(.hours(1))
      try await Self.complete(scene, 100_000, order: 803)
      #expect(try await Self.pending(scene) == 5_000)
    }
  }

  @Test func `a rule gives as often as it may, in all and to one user`() async throws {
    try await WalletScene.run { scene in
      _ = try await Self.rule(scene, [("totalLimit", 1), ("creditAfterDays", 0), ("perUserLimit", 2)])
      for order in 801...803 { try await Self.complete(scene, 100_000, order: order) }
      #expect(try await Self.pending(scene) == 10_000)
      try await scene.wallet.fire("CreditCashback")
      #expect(try await scene.balances() == .init(0, 5_000))
      let statuses: [String] = try await scene.wallet.query("select status from cashback_award order by status")
      #expect(statuses == ["credited", "expired"])
    }
  }

  @Test func `rules are checked, changed and ended`() async throws {
    try await WalletScene.run { scene in
      let bad = try await Self.rule(scene, [("kind", "fixed"), ("trigger", "nth_order"), ("maxCashback", 0)])
      #expect(bad.code == "validation_failed")
      #expect(
        Set(bad.json["details"]?.array?.compactMap { $0["field"]?.string } ?? []) == ["nth", "value", "maxCashback"])
      let made = try await Self.rule(scene)
      let path = [(name: "id", value: made.data["id"]?.string ?? "")]
      let changed = try await scene.wallet.call(
        "UpdateCashbackRule", path: path, body: ["priority": 5], caller: scene.admin)
      #expect(changed.data["priority"] == 5)
      let list = try await scene.wallet.call("ListCashbackRules", caller: scene.admin)
      #expect(list.data.array?.count == 1)
      #expect(try await scene.wallet.call("DeleteCashbackRule", path: path, caller: scene.admin).status == 204)
      #expect(try await scene.wallet.call("DeleteCashbackRule", path: path, caller: scene.admin).status == 404)
      try await Self.complete(scene, 100_000)
      #expect(try await Self.pending(scene) == 0)
    }
  }
}
