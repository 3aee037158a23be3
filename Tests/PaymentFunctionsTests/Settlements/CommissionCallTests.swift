import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct CommissionCallTests {
  private static func record(
    _ scene: PaymentScene, _ amount: Int = 250_000, seller: Int = 1, key: String = "k", rate: JSON = .null
  ) async throws -> TestReply {
    try await scene.payment.call(
      "RecordCommission",
      body: [
        "orderId": .id(orderID(0)), "orderNumber": "ORD-0", "sellerId": .id(sellerID(seller)),
        "baseAmount": .int(amount), "rateBp": rate,
      ], caller: .service, key: key)
  }

  private static func put(
    _ scene: PaymentScene, _ function: String, _ more: [(String, JSON)] = [], seller: Int = 1
  ) async throws -> TestReply {
    var body = JSONObject([("sellerId", .id(sellerID(seller)))])
    for (name, value) in more { body[name] = value }
    return try await scene.payment.call(
      function, path: [("orderId", orderID(0).description)], body: .object(body), caller: .service)
  }

  @Test func `a commission that the capture has recorded is the answer`() async throws {
    try await PaymentScene.run { scene in
      #expect(try await Self.record(scene).status == 404)
      try await scene.sell(250_000, 0, by: 1)
      let reply = try await Self.record(scene, key: "k2")
      #expect(reply.status == 200 && reply.data["commissionAmount"] == 1250)
      #expect(try await Self.record(scene, 1, key: "k3").data["id"] == reply.data["id"])
    }
  }

  @Test func `one that is missing is recorded for what was captured, at the rate asked for`() async throws {
    try await PaymentScene.run { scene in
      try await scene.sell(250_000, 0, by: 1)
      try await scene.payment.write("delete from commission_ledger")
      #expect(try await Self.record(scene, 249_999, key: "a").code == "base_mismatch")
      #expect(try await Self.record(scene, seller: 2, key: "b").status == 404)
      let reply = try await Self.record(scene, key: "c", rate: 100)
      #expect(reply.status == 201 && reply.data["commissionAmount"] == 2500 && reply.data["rateBp"] == 100)
    }
  }

  @Test func `nothing is owed for what is not paid`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      let reply = try await scene.payment.call(
        "RecordCommission",
        body: [
          "orderId": .id(sampleID(100)), "orderNumber": "ORD-0", "sellerId": .id(scene.seller), "baseAmount": 100_000,
        ], caller: .service, key: "k")
      #expect(reply.code == "payment_not_paid")
    }
  }

  @Test func `an order's completion may be told by a call, twice`() async throws {
    try await PaymentScene.run { scene in
      #expect(try await Self.put(scene, "CompleteCommission").status == 404)
      try await scene.sell(250_000, 0, by: 1)
      for _ in 0..<2 { #expect(try await Self.put(scene, "CompleteCommission").data["status"] == "collectible") }
      #expect(try await scene.payment.events("commission.collectible").count == 1)
      try await scene.giveBack(250_000, 0, key: "r")
      #expect(try await Self.put(scene, "CompleteCommission").code == "invalid_state")
    }
  }

  @Test func `what is reversed by a call counts refunds, and repeats nothing`() async throws {
    try await PaymentScene.run { scene in
      try await scene.sell(250_000, 0, by: 1)
      try await scene.giveBack(50_000, 0, key: "r")
      #expect(try await Self.put(scene, "ReverseCommission", [("amount", 250_001)]).code == "validation_failed")
      #expect(try await Self.put(scene, "ReverseCommission", [("amount", 50_000)]).data["commissionAmount"] == 1000)
      for _ in 0..<2 {
        let reply = try await Self.put(scene, "ReverseCommission", [("amount", 150_000)])
        #expect(reply.data["commissionAmount"] == 500 && reply.data["status"] == "pending")
      }
      #expect(try await scene.balances()["liab:seller:\(sellerID(1))"] == -100_000)
      #expect(try await scene.balances()["exp:absorbed"] == -100_000)
      #expect(try await Self.put(scene, "ReverseCommission").data["status"] == "refunded")
      #expect(try await scene.balances()["liab:seller:\(sellerID(1))"] == 0)
      #expect(try await scene.payment.events("commission.refunded").count == 1)
      #expect(try await scene.giveBack(200_000, 0, key: "r2").data["status"] == "completed")
      #expect(try await scene.balances()["liab:seller:\(sellerID(1))"] == 0)
      try await scene.mustHold()
    }
  }

  @Test func `what a settlement counts is not reversed by a call`() async throws {
    try await PaymentScene.run { scene in
      try scene.go(to: "2026-01-14T10:00:00+07:00")
      try await scene.sell(250_000, 0, by: 1)
      try await scene.complete(0)
      try scene.go(to: "2026-01-19T02:00:00+07:00")
      try await scene.payment.fire("WeeklySettlement")
      #expect(try await Self.put(scene, "ReverseCommission").code == "invalid_state")
      #expect(try await Self.put(scene, "CompleteCommission").code == "invalid_state")
    }
  }
}
