import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import PaymentFunctions

/// The provider has A 279,250, B 104,897, C 50,000, E 80,000 twice and foo 10,000; we have A, C 55,000, D 120,000 and E,
/// and wait for B.
@Suite struct WorkedDayTests {
  private static let expected = ReconciliationRun.Counts(
    2, missingHere: 2, missingThere: 1, amountMismatch: 1, duplicate: 1, healed: 1, here: 534_250, there: 604_147)

  private static func prepare(_ day: ReconciliationScene) async throws -> [String: String] {
    let refs = [
      "A": try await day.paid(279_250, number: 1), "C": try await day.paid(55_000, number: 3),
      "D": try await day.paid(120_000, number: 4), "E": try await day.paid(80_000, number: 5),
      "B": try await day.bill(104_897, number: 2),
    ]
    day.scene.xendit.change(["status": "PAID", "paid_amount": 104_897, "payment_id": "ewc_2"])
    day.move("txn_a", refs["A"], 279_250)
    day.move("txn_b", refs["B"], 104_897)
    day.move("txn_c", refs["C"], 50_000)
    day.move("txn_e", refs["E"], 80_000)
    day.move("txn_e2", refs["E"], 80_000)
    day.move("txn_foo", "foo", 10_000)
    return refs
  }

  @Test func `each movement is what it is, and B is made good`() async throws {
    try await ReconciliationScene.run { day in
      let refs = try await Self.prepare(day)
      #expect(try await day.scene.statuses().filter { $0 == "paid" }.count == 4)
      try await day.nextMorning()
      let run = try await day.counts()
      #expect(run.status == .unbalanced)
      #expect(run.counts == Self.expected)
      #expect(
        try await day.items() == [
          "amount_mismatch \(refs["C"] ?? "")", "duplicate \(refs["E"] ?? "")", "missing_here foo",
          "missing_here \(refs["B"] ?? "") healed", "missing_there \(refs["D"] ?? "")",
        ])
      #expect(try await day.scene.statuses().allSatisfy { $0 == "paid" })
      #expect(try await day.payment.events("payment.paid").count == 5)
      let told = try await day.mismatches
      try #require(told.count == 1)
      #expect(told.first?.data["amountDifference"] == -69_897 && told.first?.data["missingHere"] == 2)
      #expect(told.first?.data["date"] == .string(day.yesterday.description))
    }
  }

  @Test func `what the provider does not answer for is asked for again the next morning`() async throws {
    try await ReconciliationScene.run { day in
      _ = try await Self.prepare(day)
      day.scene.xendit.become(.down)
      try await day.nextMorning()
      let begun = day.yesterday
      #expect(try await day.counts(begun).status == .failed)
      #expect(try await day.mismatches.isEmpty)
      day.scene.xendit.become(.well)
      try await day.nextMorning()
      let run = try await day.counts(begun)
      #expect(run.status == .unbalanced)
      #expect(run.counts == Self.expected)
      #expect(try await day.scene.statuses().allSatisfy { $0 == "paid" })
      #expect(try await day.mismatches.count == 1)
    }
  }

  @Test func `what the provider never answers for is a difference after a week, and the rest of the day is worked`()
    async throws
  {
    try await ReconciliationScene.run { day in
      _ = try await Self.prepare(day)
      let begun = BusinessDay(of: day.payment.clock.now)
      day.scene.xendit.change(["status": "UNHEARD_OF"])
      for morning in 1...7 {
        try await day.nextMorning()
        #expect(try await day.counts(begun).status == .failed, "morning \(morning)")
      }
      try await day.nextMorning()
      let run = try await day.counts(begun)
      #expect(run.status == .unbalanced && run.counts.missingHere == 2 && run.counts.healed == 0)
      #expect(try await day.items(begun).contains { $0.hasPrefix("missing_here") && !$0.hasSuffix("foo") })
      #expect(try await day.mismatches.first?.data["date"] == .string(begun.description))
    }
  }

  /// Paid and settled by then, or found out when its time was over.
  @Test(arguments: [(true, "PAID", 0), (false, "PAID", 0), (false, "SETTLED", 25)])
  func `what was made good before the day is gone on with matches`(isTold: Bool, status: String, changed hours: Int)
    async throws
  {
    try await ReconciliationScene.run { day in
      let reference = try await day.bill(104_897, number: 2)
      let paid = day.payment.clock.now
      let changed = paid + .hours(Int64(hours))
      day.scene.xendit.change([
        "status": .string(status), "paid_amount": 104_897, "updated": .string(changed.description),
      ])
      day.move("txn_b", reference, 104_897, fee: 5_000)
      day.scene.xendit.become(.down)
      try await day.nextMorning()
      let begun = day.yesterday
      day.scene.xendit.become(.well)
      if isTold {
        try await day.scene.deliver("PAID", money: "ewc_2", changes: [("paid_at", .string(paid.description))])
      } else {
        day.payment.clock.advance(by: .hours(10))
        try await day.payment.fire("ExpirePayments")
      }
      #expect(try await day.scene.statuses() == ["paid"])
      try await day.nextMorning()
      let run = try await day.counts(begun)
      #expect(run.status == .balanced)
      #expect(run.counts == ReconciliationRun.Counts(1, here: 104_897, there: 104_897))
      let fee: Int = try await day.payment.one("select gateway_fee from gateway_invoice")
      #expect(fee == 5_000)
    }
  }

  @Test func `twice it counts the same, changes nothing and tells nobody`() async throws {
    try await ReconciliationScene.run { day in
      _ = try await Self.prepare(day)
      try await day.nextMorning()
      let (items, balances) = (try await day.items(), try await day.scene.balances())
      try await day.payment.fire("Reconciliation")
      for _ in 0..<2 {
        let again = try await day.runAgain()
        #expect(again.status == 200)
        #expect(again.data["run"]?["status"] == "unbalanced")
        #expect(again.data["items"]?.array?.count == 5)
      }
      #expect(try await day.counts().counts == Self.expected)
      #expect(try await day.items() == items)
      #expect(try await day.scene.balances() == balances)
      #expect(try await day.mismatches.count == 1)
      #expect(try await day.payment.events("payment.paid").count == 5)
    }
  }

  @Test func `several at once do it once`() async throws {
    try await ReconciliationScene.run { day in
      _ = try await Self.prepare(day)
      day.payment.clock.advance(by: .hours(15))
      try await withThrowingTaskGroup { group in
        for _ in 0..<3 {
          group.addTask { try await day.payment.fire("Reconciliation") }
          group.addTask {
            let reply = try await day.runAgain()
            #expect(reply.status == 200 || reply.code == "run_in_progress", "\(reply.json)")
          }
        }
        try await group.waitForAll()
      }
      _ = try await day.runAgain()
      #expect(try await day.counts().counts == Self.expected)
      #expect(try await day.mismatches.count == 1)
      #expect(try await day.payment.events("payment.paid").count == 5)
    }
  }

  @Test func `what the provider sets right later balances the day, and only then`() async throws {
    try await ReconciliationScene.run { day in
      let refs = try await Self.prepare(day)
      try await day.nextMorning()
      let noon = day.yesterday.start + .hours(12)
      day.list.change("txn_c") { $0.amount = 55_000 }
      day.list.change("txn_e") { $0.status = "FAILED" }
      day.list.change("txn_foo") { $0.status = "FAILED" }
      #expect(try await day.runAgain().data["run"]?["status"] == "unbalanced")
      #expect(try await day.mismatches.count == 2)
      day.move("txn_d", refs["D"], 120_000, at: noon)
      #expect(try await day.runAgain().data["run"]?["status"] == "balanced")
      #expect(
        try await day.counts().counts
          == ReconciliationRun.Counts(4, missingHere: 1, healed: 1, here: 534_250, there: 639_147))
      #expect(try await day.items().count == 1)
    }
  }
}
