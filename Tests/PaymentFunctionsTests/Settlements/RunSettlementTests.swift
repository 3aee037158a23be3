import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct RunSettlementTests {
  @Test func `a dry run tells what a run would come to, and changes nothing`() async throws {
    try await PaymentScene.run { scene in
      try await WeeklySettlementTests.week(scene)
      let before = try await scene.image()
      let tried = try await scene.runWeek("2026-01-12", dryRun: true, key: "dry").data
      #expect(try await scene.image() == before)
      #expect(tried["id"] == .null && tried["net"] == 11_098_125)
      let run = try await scene.runWeek("2026-01-12", key: "wet").data
      for field in ["sellers", "settled", "carried", "held", "gross", "refunds", "commission", "adjustments", "net"] {
        #expect(run[field] == tried[field], "\(field)")
      }
      #expect(run["status"] == "completed" && run["periodEnd"] == "2026-01-18")
    }
  }

  @Test(arguments: ["2026-01-13", "2026-01-18", "Monday", ""])
  func `only a Monday begins a week`(day: String) async throws {
    try await PaymentScene.run { scene in
      try scene.go(to: "2026-01-20T10:00:00+07:00")
      let reply = try await scene.runWeek(day, key: "k")
      #expect(reply.status == 422 && reply.code == "not_a_monday")
    }
  }

  @Test func `a week that is not over is not settled`() async throws {
    try await PaymentScene.run { scene in
      try scene.go(to: "2026-01-18T23:59:59+07:00")
      let reply = try await scene.runWeek("2026-01-12", key: "k")
      #expect(reply.status == 422 && reply.code == "validation_failed")
    }
  }

  @Test func `while a run is at work there is no other; one that is not heard of any more is taken over`() async throws
  {
    try await PaymentScene.run { scene in
      try await WeeklySettlementTests.week(scene)
      try await scene.payment.write(
        """
        insert into settlement_batch
          (id, batch_number, period_start, period_end, run_id, run_until, created_at, updated_at)
        values (\(sampleID(1)), 'SBT-1', '2026-01-12', '2026-01-19', \(sampleID(2)),
          \(scene.now + .minutes(10)), \(scene.now), \(scene.now))
        """)
      for day in ["2026-01-12", "2026-01-05"] {
        let reply = try await scene.runWeek(day, key: "busy \(day)")
        #expect(day == "2026-01-05" ? reply.status == 409 : reply.code == "run_in_progress")
      }
      try await scene.payment.fire("ResumeSettlements")
      #expect(try await scene.paidOut().count == 1)
      scene.wait(.minutes(11))
      try await scene.payment.fire("ResumeSettlements")
      #expect(try await scene.paidOut().values.flatMap { $0 }.sorted().suffix(3) == [199_000, 1_343_150, 9_750_000])
      try await scene.mustHold()
    }
  }

  @Test func `runs at once settle everybody once`() async throws {
    try await PaymentScene.run { scene in
      try await WeeklySettlementTests.week(scene)
      try await withThrowingTaskGroup { group in
        for number in 0..<4 {
          group.addTask { try await scene.payment.fire(number % 2 == 0 ? "WeeklySettlement" : "ResumeSettlements") }
          group.addTask { _ = try await scene.runWeek("2026-01-12", key: "at-once-\(number)") }
        }
        try await group.waitForAll()
      }
      #expect(try await scene.settlements(of: 1).map(\.net) == [1_343_150])
      #expect(try await scene.paidOut().count == 4)
      try await scene.mustHold()
    }
  }

  @Test func `refunds and a run at once leave no sale paid twice`() async throws {
    try await PaymentScene.run { scene in
      try scene.go(to: "2026-01-14T10:00:00+07:00")
      for order in 0..<6 {
        try await scene.sell(100_000, order, by: order % 2)
        try await scene.complete(order)
      }
      try scene.go(to: "2026-01-19T02:00:00+07:00")
      try await withThrowingTaskGroup { group in
        group.addTask { try await scene.payment.fire("WeeklySettlement") }
        for order in 0..<6 { group.addTask { try await scene.giveBack(40_000, order, key: "r\(order)") } }
        try await group.waitForAll()
      }
      try await scene.mustHold()
      try scene.go(to: "2026-01-26T02:00:00+07:00")
      try await scene.payment.fire("WeeklySettlement")
      try await scene.mustHold()
      #expect(try await scene.balances()["liab:refund"] == 0)
    }
  }

  @Test func `settlements are approved while the rest of their week is being settled`() async throws {
    try await PaymentScene.run { scene in
      try scene.go(to: "2026-01-14T10:00:00+07:00")
      scene.payment.on(service: "seller") { _ -> [String: String] in throw Problem(503, "service_unavailable", "down") }
      for seller in 0..<8 {
        try await scene.sell(seller < 4 ? 60_000_000 : 100_000, seller, by: seller, hasUser: seller < 4)
        try await scene.complete(seller)
      }
      try scene.go(to: "2026-01-19T02:00:00+07:00")
      try await scene.payment.fire("WeeklySettlement")
      let waiting = try await scene.payment.query("select id::text from settlement", as: String.self)
      #expect(waiting.count == 4)
      scene.payment.on(service: "seller") { _ in ["userId": sellerUser(0).description] }
      try await withThrowingTaskGroup { group in
        group.addTask { try await scene.payment.fire("ResumeSettlements") }
        for id in waiting {
          group.addTask {
            let reply = try await scene.payment.call(
              "ApproveSettlement", path: [("id", id)], caller: finance, headers: ["if-match": "*"])
            #expect(reply.status == 200)
          }
        }
        try await group.waitForAll()
      }
      let settled = try await scene.payment.one("select settled from settlement_batch", as: Int.self)
      #expect(settled == 8)
      try await scene.mustHold()
    }
  }

  @Test func `a seller whose user nobody knows yet is settled as soon as somebody does`() async throws {
    try await PaymentScene.run { scene in
      try scene.go(to: "2026-01-14T10:00:00+07:00")
      scene.payment.on(service: "seller") { _ -> [String: String] in throw Problem(503, "service_unavailable", "down") }
      for order in 0..<2 {
        try await scene.sell(100_000, order, by: order, hasUser: order == 1)
        try await scene.complete(order)
      }
      try scene.go(to: "2026-01-19T02:00:00+07:00")
      try await scene.payment.fire("WeeklySettlement")
      #expect(try await scene.settlements(of: 0).isEmpty)
      #expect(try await scene.settlements(of: 1).map(\.status) == ["completed"], "it holds up no other")
      #expect(try await scene.payment.one("select status from settlement_batch", as: String.self) == "failed")
      scene.payment.on(service: "seller") { call in
        #expect(call.path == "/sellers/\(sellerID(0))")
        return ["userId": sellerUser(0).description]
      }
      scene.wait(.hours(1))
      try await scene.payment.fire("ResumeSettlements")
      let event = try await scene.payment.events("settlement.completed").last
      #expect(event?.data["sellerUserId"]?.string == sellerUser(0).description)
      #expect(try await scene.payment.one("select status from settlement_batch", as: String.self) == "completed")
      try await scene.mustHold()
    }
  }
}
