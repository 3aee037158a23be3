import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct CommissionRateTests {
  private static func set(
    _ scene: PaymentScene, _ rate: Int, seller: Int? = 1, after: Duration = .hours(1)
  ) async throws -> TestReply {
    try await scene.payment.call(
      "SetCommissionRate",
      body: [
        "sellerId": seller.map { .id(sellerID($0)) } ?? .null, "rateBp": .int(rate), "reason": "agreed",
        "effectiveFrom": .string((scene.now + after).description),
      ], caller: finance)
  }

  private static func commission(_ scene: PaymentScene, _ order: Int) async throws -> Int {
    try await scene.payment.one(
      "select commission_amount from commission_ledger where order_id = \(orderID(order))", as: Int.self)
  }

  @Test func `a rate counts from its moment on, for what is captured then`() async throws {
    try await PaymentScene.run { scene in
      #expect(try await Self.set(scene, 100).data["rateBp"] == 100)
      #expect(try await Self.set(scene, 60, seller: nil, after: .hours(2)).status == 200)
      try await scene.sell(100_000, 0, by: 1)
      scene.wait(.minutes(61))
      try await scene.sell(100_000, 1, by: 1)
      try await scene.sell(100_000, 2, by: 2)
      scene.wait(.minutes(60))
      try await scene.sell(100_000, 3, by: 1)
      try await scene.sell(100_000, 4, by: 2)
      var commissions: [Int] = []
      for order in 0..<5 { commissions.append(try await Self.commission(scene, order)) }
      #expect(commissions == [500, 1000, 500, 1000, 600])
    }
  }

  @Test func `a rate ends the one before, and gives way to none that is planned`() async throws {
    try await PaymentScene.run { scene in
      _ = try await Self.set(scene, 100, after: .hours(2))
      let early = try await Self.set(scene, 70, after: .hours(1))
      #expect(early.status == 422 && early.code == "overlapping_period")
      #expect(try await Self.set(scene, 70, after: .hours(3)).status == 200)
      #expect(try await Self.set(scene, 80, after: .hours(2) + .minutes(30)).code == "overlapping_period")
      #expect(try await Self.set(scene, 80, after: .seconds(-1)).code == "validation_failed")
      #expect(try await Self.set(scene, 10_001, after: .hours(9)).code == "validation_failed")
    }
  }

  @Test func `what a seller gets of a sale`() async throws {
    try await PaymentScene.run { scene in
      func share(_ body: JSON, _ caller: Caller) async throws -> JSON {
        try await scene.payment.call("CalculatePayout", body: body, caller: caller).data
      }
      #expect(
        try await share(["grossAmount": 99_900], .service) == ["gross": 99_900, "commission": 500, "net": 99_400])
      #expect(try await share(["grossAmount": 299], .service)["commission"] == 1)
      let given = try await share(["grossAmount": 1000, "commissionAmount": 400], .service)
      #expect(given["net"] == 600)
      _ = try await Self.set(scene, 100, after: .seconds(1))
      scene.wait(.seconds(2))
      #expect(try await share(["grossAmount": 100_000], sellerCaller(1))["commission"] == 1000)
      let reply = try await scene.payment.call(
        "CalculatePayout", body: ["grossAmount": 1000, "commissionAmount": 1001], caller: .service)
      #expect(reply.code == "validation_failed")
    }
  }
}
