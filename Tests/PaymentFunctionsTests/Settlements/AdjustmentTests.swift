import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct AdjustmentTests {
  @Test func `there is one adjustment of a kind for a reference`() async throws {
    try await PaymentScene.run { scene in
      let first = try await scene.adjust("ad_spend", -200_000, 1, reference: 1)
      #expect(first.status == 201 && first.data["amount"] == -200_000 && first.data["createdBy"] == "service")
      let again = try await scene.payment.call(
        "AddInternalAdjustment",
        body: [
          "sellerId": .id(sellerID(1)), "kind": "ad_spend", "amount": -1, "referenceId": .id(sampleID(1)),
          "reason": "again",
        ], caller: .service, key: "another")
      #expect(again.status == 409 && again.code == "adjustment_exists")
      #expect(try await scene.adjust("shipping_overage", -1, 1, reference: 1).status == 201)
      #expect(try await scene.adjust("ad_spend", -200_000, 1, reference: 1).data["id"] == first.data["id"])
    }
  }

  @Test(arguments: [("ad_spend", 0), ("refund_clawback", -5), ("commission_return", 5), ("manual", 5)])
  func `services adjust what is theirs, by something`(kind: String, amount: Int) async throws {
    try await PaymentScene.run { scene in
      let reply = try await scene.adjust(kind, amount, 1, reference: 1)
      #expect(reply.status == 422 && reply.code == "validation_failed")
    }
  }

  @Test func `each kind has its place in the books`() async throws {
    try await PaymentScene.run { scene in
      try scene.go(to: "2026-01-14T10:00:00+07:00")
      try await scene.sell(1_000_000, 0, by: 1)
      try await scene.complete(0)
      try await scene.adjust("ad_spend", -100_000, 1, reference: 1)
      try await scene.adjust("shipping_overage", -3000, 1, reference: 2)
      try await scene.adjust("manual", 25_000, 1, reference: 3, caller: finance)
      let before = try await scene.balances()
      try scene.go(to: "2026-01-19T02:00:00+07:00")
      try await scene.payment.fire("WeeklySettlement")
      let after = try await scene.balances()
      let changes = after.map { code, amount in (code, amount - before[code, default: 0]) }.filter { $0.1 != 0 }
      #expect(
        Dictionary(uniqueKeysWithValues: changes) == [
          "liab:seller:\(sellerID(1))": 1_000_000, "rev:commission": -5000, "rev:sponsored_post": -100_000,
          "liab:courier": -3000, "exp:absorbed": 25_000, "clearing:wallet": -917_000,
        ])
      #expect(try await scene.paidOut() == [sellerID(1).description: [917_000]])
      try await scene.mustHold()
    }
  }

  @Test func `a seller without sales is paid or charged what is adjusted`() async throws {
    try await PaymentScene.run { scene in
      scene.payment.on(service: "seller") { _ in ["userId": sellerUser(1).description] }
      try await scene.adjust("manual", 75_000, 1, reference: 3, caller: finance)
      try scene.go(to: "2026-01-19T02:00:00+07:00")
      try await scene.payment.fire("WeeklySettlement")
      let event = try #require(try await scene.payment.events("settlement.completed").first)
      #expect(event.data["orderIds"] == [] && event.data["commissionBp"] == 50 && event.data["netAmount"] == 75_000)
      try await scene.mustHold()
    }
  }

  private static func weigh(
    _ scene: PaymentScene, _ difference: Int, charge: Bool = true, seller: ID? = sellerID(1), event: ID? = nil
  ) async throws {
    try await scene.payment.handle(
      "ChargeShippingOverage", type: "shipment.cost_adjusted", id: event,
      data: [
        "shipmentId": .id(sampleID(1)), "orderId": .id(orderID(0)), "sellerId": seller.map(JSON.id) ?? .null,
        "oldPrice": 20_000, "newPrice": .int(20_000 &+ difference), "difference": .int(difference),
        "chargeToSeller": .bool(charge),
      ])
  }

  @Test(arguments: [Int.min, -1_000_000_001, 1_000_000_001]) func `a difference that no shipment costs is refused`(
    difference: Int
  ) async throws {
    try await PaymentScene.run { scene in
      let problem = await #expect(throws: Problem.self) { try await Self.weigh(scene, difference) }
      #expect(problem?.code == "amount_out_of_range")
    }
  }

  @Test func `what a shipment cost beyond the quote is the seller's where they are to blame, once per event`()
    async throws
  {
    try await PaymentScene.run { scene in
      func amounts() async throws -> [Int] {
        try await scene.payment.query(
          "select amount from settlement_adjustment where kind = 'shipping_overage' order by id", as: Int.self)
      }
      try await Self.weigh(scene, 3000, charge: false)
      try await Self.weigh(scene, 0)
      #expect(try await amounts().isEmpty)
      for _ in 0..<2 { try await Self.weigh(scene, 3000, event: sampleID(8)) }
      #expect(try await amounts() == [-3000])
      scene.wait(.seconds(1))
      try await Self.weigh(scene, -1000, event: sampleID(9))
      #expect(try await amounts() == [-3000, 1000], "weighed again, and cheaper")
    }
  }

  @Test func `a shipment that names no seller is the order's seller's`() async throws {
    try await PaymentScene.run { scene in
      try await Self.weigh(scene, 3000, seller: nil)
      #expect(try await scene.payment.one("select count(*) from settlement_adjustment", as: Int.self) == 0)
      try await scene.sell(100_000, 0, by: 2)
      try await Self.weigh(scene, 3000, seller: nil)
      #expect(try await scene.payment.one("select seller_id from settlement_adjustment", as: ID.self) == sellerID(2))
    }
  }
}
