import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct SettlementHoldTests {
  private static func sold(_ scene: PaymentScene, _ amount: Int = 100_000, order: Int = 0) async throws {
    try scene.go(to: "2026-01-14T10:00:00+07:00")
    try await scene.sell(amount, order, by: 1)
    try await scene.complete(order)
    try scene.go(to: "2026-01-19T02:00:00+07:00")
  }

  private static func hold(_ scene: PaymentScene, _ reason: String = "under review") async throws -> TestReply {
    try await scene.payment.call(
      "HoldSeller", path: [("sellerId", sellerID(1).description)], body: ["reason": .string(reason)], caller: finance)
  }

  private static func release(_ scene: PaymentScene) async throws -> TestReply {
    try await scene.payment.call("ReleaseSeller", path: [("sellerId", sellerID(1).description)], caller: finance)
  }

  private static func decide(
    _ scene: PaymentScene, _ function: String, version: String = "*"
  ) async throws -> TestReply {
    let id: String = try await scene.payment.one("select id::text from settlement order by id desc limit 1")
    return try await scene.payment.call(
      function, path: [("id", id)], body: ["reason": "looks odd"], caller: finance, headers: ["if-match": version])
  }

  private static func tell(_ scene: PaymentScene, isSuspended: Bool, version: Int) async throws {
    try await scene.payment.handle(
      isSuspended ? "HoldSellerOnSuspension" : "ReleaseSellerOnActivation",
      type: isSuspended ? "seller.suspended" : "seller.activated",
      data: ["sellerId": .id(sellerID(1)), "version": .int(version)])
  }

  private static func holds(_ scene: PaymentScene) async throws -> [String] {
    try await scene.payment.query("select reason from seller_hold", as: String.self)
  }

  @Test func `a held seller's settlement waits until the seller is released and it is approved`() async throws {
    try await PaymentScene.run { scene in
      try await Self.sold(scene)
      #expect(try await Self.hold(scene).data["isHeld"] == true)
      try await scene.payment.fire("WeeklySettlement")
      #expect(try await scene.settlements(of: 1).map(\.status) == ["held"])
      #expect(try await scene.payment.events("settlement.completed").isEmpty)
      #expect(try await scene.balances()["rev:commission"] == nil)
      try await scene.mustHold("held")
      #expect(try await Self.decide(scene, "ApproveSettlement").code == "seller_held")
      #expect(try await Self.release(scene).data["isHeld"] == false)
      #expect(try await Self.release(scene).status == 404)
      #expect(try await Self.decide(scene, "ApproveSettlement", version: "\"7\"").code == "stale_version")
      let approved = try await Self.decide(scene, "ApproveSettlement", version: "\"0\"")
      #expect(approved.data["status"] == "completed" && approved.header("etag") == "\"1\"")
      #expect(try await Self.decide(scene, "ApproveSettlement").code == "invalid_state")
      #expect(try await scene.paidOut() == [sellerID(1).description: [99_500]])
      #expect(try await scene.payment.events("commission.collected").count == 1)
      try await scene.mustHold("approved")
    }
  }

  @Test func `much waits for finance, who may hold it`() async throws {
    try await PaymentScene.run { scene in
      try await Self.sold(scene, 50_300_000)
      try await scene.payment.fire("WeeklySettlement")
      #expect(try await scene.settlements(of: 1).map(\.status) == ["calculated"])
      #expect(try await Self.decide(scene, "HoldSettlement").data["holdReason"] == "looks odd")
      #expect(try await Self.decide(scene, "HoldSettlement").code == "invalid_state")
      #expect(try await Self.decide(scene, "ApproveSettlement").data["status"] == "completed")
      #expect(try await scene.paidOut() == [sellerID(1).description: [50_048_500]])
      try await scene.mustHold()
    }
  }

  @Test func `what is given back while a settlement waits is taken off the next one`() async throws {
    try await PaymentScene.run { scene in
      try await Self.sold(scene)
      _ = try await Self.hold(scene)
      try await scene.payment.fire("WeeklySettlement")
      try await scene.giveBack(100_000, 0, key: "r")
      try await scene.mustHold("given back")
      #expect(
        try await scene.payment.call(
          "WaiveCommission", path: [("orderId", orderID(0).description)],
          body: ["sellerId": .id(sellerID(1)), "reason": "campaign"], caller: finance
        ).status == 409)
      _ = try await Self.release(scene)
      _ = try await Self.decide(scene, "ApproveSettlement")
      try await scene.mustHold("approved")
      try scene.go(to: "2026-01-26T02:00:00+07:00")
      try await scene.payment.fire("WeeklySettlement")
      #expect(
        try await scene.settlements(of: 1).last
          == SettlementRow(
            gross: 0, commission: 0, adjustments: -99_500, net: -99_500, carryOut: -99_500, orderCount: 0,
            status: "carried_forward"))
      try await scene.mustHold("taken off")
    }
  }

  @Test func `a hold keeps back what waits for finance`() async throws {
    try await PaymentScene.run { scene in
      try await Self.sold(scene, 60_000_000)
      try await scene.payment.fire("WeeklySettlement")
      _ = try await Self.hold(scene)
      #expect(try await scene.settlements(of: 1).map(\.status) == ["held"])
    }
  }

  @Test func `a suspension holds and an activation releases, the newer one wins`() async throws {
    try await PaymentScene.run { scene in
      try await Self.tell(scene, isSuspended: true, version: 3)
      #expect(try await Self.holds(scene) == ["seller_suspended"])
      try await Self.tell(scene, isSuspended: false, version: 2)
      #expect(try await Self.holds(scene) == ["seller_suspended"], "an older one is no news")
      try await Self.tell(scene, isSuspended: false, version: 4)
      #expect(try await Self.holds(scene).isEmpty)
      try await Self.tell(scene, isSuspended: true, version: 4)
      #expect(try await Self.holds(scene).isEmpty, "nor is one of the same version")
    }
  }

  @Test func `what a person has held stays held, and a suspension below it comes to light`() async throws {
    try await PaymentScene.run { scene in
      _ = try await Self.hold(scene)
      try await Self.tell(scene, isSuspended: true, version: 1)
      #expect(try await Self.holds(scene) == ["under review"])
      try await Self.tell(scene, isSuspended: false, version: 2)
      #expect(try await Self.holds(scene) == ["under review"])
      try await Self.tell(scene, isSuspended: true, version: 3)
      #expect(try await Self.release(scene).data["reason"] == "seller_suspended")
      #expect(try await Self.release(scene).data["isHeld"] == false)
    }
  }

  @Test func `a reason is asked for`() async throws {
    try await PaymentScene.run { scene in
      let reply = try await Self.hold(scene, "no")
      #expect(reply.code == "validation_failed")
    }
  }
}
