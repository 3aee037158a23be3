import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct WeeklySettlementTests {
  /// The week of 12 January with sellers A to E, who are 1 to 5.
  static func week(_ scene: PaymentScene) async throws {
    try scene.go(to: "2026-01-07T10:00:00+07:00")
    try await scene.sell(200_000, 30, by: 3)
    try await scene.complete(30)
    try scene.go(to: "2026-01-12T02:00:00+07:00")
    try await scene.payment.fire("WeeklySettlement")
    try scene.go(to: "2026-01-14T10:00:00+07:00")
    for (order, (amount, seller)) in [
      (250_000, 1), (99_900, 1), (1_000_000, 1), (400_000, 2), (150_000, 2), (60_000, 3), (45_000, 4), (10_000_000, 5),
    ].enumerated() {
      try await scene.sell(amount, order, by: seller)
      try await scene.complete(order)
    }
    try await scene.giveBack(400_000, 3, key: "r1")
    try await scene.giveBack(50_000, 4, key: "r2")
    try await scene.giveBack(200_000, 30, key: "r3")
    #expect(try await scene.adjust("ad_spend", -200_000, 5, reference: 900).status == 201)
    try scene.go(to: "2026-01-19T02:00:00+07:00")
  }

  @Test func `a week of five sellers is settled as it should be, and a second run changes nothing`() async throws {
    try await PaymentScene.run { scene in
      try await Self.week(scene)
      try await scene.payment.fire("WeeklySettlement")
      #expect(
        try await scene.settlements(of: 1) == [
          SettlementRow(gross: 1_349_900, commission: 6750, net: 1_343_150, orderCount: 3, status: "completed")
        ])
      #expect(
        try await scene.settlements(of: 2) == [
          SettlementRow(
            gross: 550_000, refunds: 450_000, commission: 500, net: 99_500, orderCount: 2, status: "completed")
        ])
      #expect(
        try await scene.settlements(of: 3).last
          == SettlementRow(
            gross: 60_000, commission: 300, adjustments: -199_000, net: -139_300, carryOut: -139_300, orderCount: 1,
            status: "carried_forward"))
      #expect(
        try await scene.settlements(of: 4) == [
          SettlementRow(
            gross: 45_000, commission: 225, net: 44_775, carryOut: 44_775, orderCount: 1, status: "carried_forward")
        ])
      #expect(
        try await scene.settlements(of: 5) == [
          SettlementRow(
            gross: 10_000_000, commission: 50_000, adjustments: -200_000, net: 9_750_000, orderCount: 1,
            status: "completed")
        ])
      try await Self.mustBePaid(scene)
      try await scene.mustHold()
      let image = try await scene.image()
      try await scene.payment.fire("WeeklySettlement")
      try await scene.payment.fire("ResumeSettlements")
      #expect(try await scene.runWeek("2026-01-12", key: "again").data["status"] == "completed")
      #expect(try await scene.image() == image)
    }
  }

  private static func mustBePaid(_ scene: PaymentScene) async throws {
    let events = try await scene.payment.events("settlement.completed").suffix(3)
    func sum(_ field: String) throws -> Int {
      try events.map { try decodeJSON(Int.self, from: ($0.data[field] ?? 0).serialized()) }.reduce(0, +)
    }
    let sums = try ["grossAmount", "refundAmount", "commissionAmount", "adjustmentAmount", "netAmount"].map(sum)
    #expect(sums == [11_899_900, 450_000, 57_250, -200_000, 11_192_650])
    #expect(events.allSatisfy { $0.data["periodStart"] == "2026-01-12" && $0.data["periodEnd"] == "2026-01-18" })
    #expect(events.allSatisfy { $0.data["commissionBp"] == 50 })
    // All of its settlements, the carried ones too.
    let batch = try await scene.runWeek("2026-01-12", key: "look").data
    #expect(batch["sellers"] == 5 && batch["settled"] == 3 && batch["carried"] == 2 && batch["held"] == 0)
    #expect(batch["gross"] == 12_004_900 && batch["refunds"] == 450_000 && batch["commission"] == 57_775)
    #expect(batch["adjustments"] == -399_000 && batch["net"] == 11_098_125)
  }

  @Test func `what was too little is paid with the next week`() async throws {
    try await PaymentScene.run { scene in
      try await Self.week(scene)
      try await scene.payment.fire("WeeklySettlement")
      try await scene.sell(10_000, 40, by: 4)
      try await scene.complete(40)
      try scene.go(to: "2026-01-26T02:00:00+07:00")
      try await scene.payment.fire("WeeklySettlement")
      #expect(
        try await scene.settlements(of: 4).last
          == SettlementRow(
            gross: 10_000, commission: 50, carryIn: 44_775, net: 54_725, orderCount: 1, status: "completed"))
      #expect(try await scene.settlements(of: 3).count == 2, "what is only carried makes no settlement")
      try await scene.mustHold()
    }
  }

  @Test func `missed weeks are made up for, the oldest first`() async throws {
    try await PaymentScene.run { scene in
      try scene.go(to: "2026-01-05T02:00:00+07:00")
      try await scene.payment.fire("WeeklySettlement")
      for (week, day) in ["2026-01-06", "2026-01-13", "2026-01-20"].enumerated() {
        try scene.go(to: "\(day)T10:00:00+07:00")
        try await scene.sell(30_000, week, by: 1)
        try await scene.complete(week)
      }
      try scene.go(to: "2026-01-27T11:00:00+07:00")
      try await scene.payment.fire("WeeklySettlement")
      let periods = try await scene.payment.query(
        "select period_start::text from settlement_batch order by id", as: String.self)
      #expect(periods == ["2025-12-29", "2026-01-05", "2026-01-12", "2026-01-19"])
      #expect(try await scene.settlements(of: 1).map(\.net) == [29_850, 59_700, 29_850])
      try await scene.mustHold()
    }
  }

  @Test func `a sale of Sunday night counts, one of Monday waits for its own week`() async throws {
    try await PaymentScene.run { scene in
      try scene.go(to: "2026-01-19T01:00:00+07:00")
      for (order, time) in ["2026-01-18T23:59:59+07:00", "2026-01-19T00:00:00+07:00"].enumerated() {
        try await scene.sell(100_000, order, by: 1)
        try await scene.complete(order, at: Instant(time))
      }
      try scene.go(to: "2026-01-19T02:00:00+07:00")
      try await scene.payment.fire("WeeklySettlement")
      #expect(try await scene.settlements(of: 1).map(\.orderCount) == [1])
      try scene.go(to: "2026-01-26T02:00:00+07:00")
      try await scene.payment.fire("WeeklySettlement")
      #expect(try await scene.settlements(of: 1).map(\.orderCount) == [1, 1])
    }
  }

  @Test func `a sale with a refund under way waits until it is decided`() async throws {
    try await PaymentScene.run { scene in
      try scene.go(to: "2026-01-14T10:00:00+07:00")
      for order in 0..<2 {
        try await scene.sell(100_000, order, by: 1)
        try await scene.complete(order)
      }
      let refund = try await scene.giveBack(60_000, 1, by: finance, key: "r")
      #expect(refund.data["status"] == "pending")
      try scene.go(to: "2026-01-19T02:00:00+07:00")
      try await scene.payment.fire("WeeklySettlement")
      #expect(try await scene.settlements(of: 1).map(\.gross) == [100_000])
      let id = try #require(refund.data["id"]?.string)
      let approved = try await scene.payment.call(
        "ApproveRefund", path: [("id", id)], caller: finance, headers: ["if-match": "*"])
      #expect(approved.status == 200)
      try scene.go(to: "2026-01-26T02:00:00+07:00")
      try await scene.payment.fire("WeeklySettlement")
      #expect(
        try await scene.settlements(of: 1).last
          == SettlementRow(
            gross: 100_000, refunds: 60_000, commission: 200, net: 39_800, carryOut: 39_800, orderCount: 1,
            status: "carried_forward"))
      try await scene.mustHold()
    }
  }

  @Test func `a waived commission is not taken, whenever it was waived`() async throws {
    try await PaymentScene.run { scene in
      try scene.go(to: "2026-01-14T10:00:00+07:00")
      func waive(_ order: Int) async throws {
        let reply = try await scene.payment.call(
          "WaiveCommission", path: [("orderId", orderID(order).description)],
          body: ["sellerId": .id(sellerID(1)), "reason": "campaign"], caller: finance)
        #expect(reply.status == 200)
      }
      for order in 0..<2 { try await scene.sell(100_000, order, by: 1) }
      try await waive(0)
      for order in 0..<2 { try await scene.complete(order) }
      try await waive(1)
      try scene.go(to: "2026-01-19T02:00:00+07:00")
      try await scene.payment.fire("WeeklySettlement")
      #expect(
        try await scene.settlements(of: 1) == [
          SettlementRow(gross: 200_000, commission: 0, net: 200_000, orderCount: 2, status: "completed")
        ])
      #expect(try await scene.payment.events("commission.collected").isEmpty)
      try await scene.mustHold()
    }
  }
}
