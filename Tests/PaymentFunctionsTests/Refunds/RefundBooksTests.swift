import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct RefundBooksTests {
  private struct Commission: Decodable, Equatable {
    var reversedBase: Int
    var commissionAmount: Int
    var status: String
  }

  private static func commission(_ scene: PaymentScene) async throws -> Commission {
    try await scene.payment.one("select reversed_base, commission_amount, status from commission_ledger")
  }

  private static func adjustments(_ scene: PaymentScene) async throws -> [String] {
    try await scene.payment.query(
      "select kind || ' ' || amount from settlement_adjustment order by created_at, kind desc", as: String.self)
  }

  @Test func `a seller gives back what the platform's voucher paid as well`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(200_000, discount: 50_000, by: "BCA")
      let before = try await scene.balances()
      try await scene.refund("other", [("amount", 60_000)])
      let after = try await scene.balances()
      let seller = "liab:seller:\(scene.seller)"
      #expect(after[seller, default: 0] - before[seller, default: 0] == 80_000)
      #expect(after["exp:platform_discount", default: 0] - before["exp:platform_discount", default: 0] == -20_000)
      #expect(after["clearing:wallet"] == -60_000 && after["liab:refund"] == 0)
      #expect(
        try await Self.commission(scene) == Commission(reversedBase: 80_000, commissionAmount: 600, status: "pending"))
      let event = try #require(try await scene.payment.events("refund.completed").first)
      let reversal = event.data["sellerReversals"]?[0]
      #expect(reversal?["amount"] == 80_000 && reversal?["commissionReturned"] == 400)
    }
  }

  @Test func `goods that are all back take the whole sale back, whatever was rounded before`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_001, discount: 33_334, by: "BCA")
      for (key, amount) in [("a", 22_223), ("b", 22_222), ("c", 22_222)] {
        try await scene.refund("other", [("amount", .number(JSONNumber(amount)))], key: key)
      }
      #expect(
        try await Self.commission(scene) == Commission(reversedBase: 100_001, commissionAmount: 0, status: "refunded"))
      #expect(try await scene.payment.events("commission.refunded").count == 1)
      #expect(try await scene.balances()["liab:seller:\(scene.seller)"] == 0)
      #expect(try await scene.balances()["exp:platform_discount"] == 0)
    }
  }

  @Test func `a caller may say what the seller gives back, up to what is left`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000, by: "BCA")
      func ask(_ reversal: Int, key: String) async throws -> TestReply {
        let line: JSON = [
          "sellerId": .string(scene.seller.description), "merchandise": 50_000,
          "sellerReversal": .number(JSONNumber(reversal)),
        ]
        return try await scene.refund("not_as_described", [("lines", [line])], key: key)
      }
      #expect(try await ask(100_001, key: "a").code == "refund_exceeds_paid")
      #expect(try await ask(0, key: "b").status == 201)
      #expect(try await Self.commission(scene).reversedBase == 0)
      #expect(try await scene.balances()["exp:platform_discount"] == 50_000)
      #expect(try await ask(100_001, key: "c").code == "refund_exceeds_paid")
      #expect(try await ask(100_000, key: "d").status == 201)
      #expect(try await Self.commission(scene).status == "refunded")
    }
  }

  @Test func `a refund after the settlement is taken off the next one, with the commission given back`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(200_000, by: "BCA")
      try await scene.payment.write("update commission_ledger set status = 'collected'")
      try await scene.refund("other", [("amount", 80_000)], key: "a")
      #expect(try await Self.adjustments(scene) == ["refund_clawback -80000", "commission_return 400"])
      #expect(
        try await Self.commission(scene)
          == Commission(reversedBase: 80_000, commissionAmount: 1000, status: "collected"))
      scene.wait(.seconds(1))
      try await scene.refund("other", [("amount", 120_000)], key: "b")
      #expect(
        try await Self.adjustments(scene).suffix(2) == ["refund_clawback -120000", "commission_return 600"])
      #expect(try await scene.payment.events("commission.refunded").isEmpty)
    }
  }

  @Test func `the house's own goods are the house's own loss`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay([scene.line(100_000, of: nil)], by: "BCA")
      try await scene.refund("wrong_item")
      #expect(try await scene.balances()["rev:house_sales"] == 0)
      #expect(try await scene.payment.events("refund.completed").map { $0.data["sellerReversals"] } == [[]])
    }
  }
}
