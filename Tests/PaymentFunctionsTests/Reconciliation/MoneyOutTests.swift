import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import PaymentFunctions

@Suite struct MoneyOutTests {
  private static func payOut(_ day: ReconciliationScene) async throws -> String {
    let payouts = PayoutScene(payment: day.payment)
    #expect(try await payouts.create().status == 201)
    return try #require(day.bank.payouts.last?["reference_id"]?.string)
  }

  private static func deliver(_ status: String, _ day: ReconciliationScene) async throws {
    var data = JSONObject(day.bank.payouts.last?.map { ($0.key, $0.value) } ?? [])
    data["status"] = .string(status)
    try await day.payment.receive(
      "XenditPayoutWebhook",
      body: ["event": .string("payout.\(status.lowercased())"), "data": .object(data)])
  }

  @Test func `a payout and its fee are booked once`() async throws {
    try await ReconciliationScene.run { day in
      let reference = try await Self.payOut(day)
      try await Self.deliver("SUCCEEDED", day)
      day.move("txn_p", reference, 1_250_000, fee: 2_775, type: "DISBURSEMENT")
      try await day.nextMorning()
      #expect(try await day.counts().counts == ReconciliationRun.Counts(1, here: -1_250_000, there: -1_250_000))
      let balances = try await day.scene.balances()
      #expect(balances["exp:payout_fee"] == 2_775 && balances["asset:xendit"] == -1_252_775)
      _ = try await day.runAgain()
      #expect(try await day.scene.balances() == balances)
      let shown = try await day.payment.call("ListPayouts", caller: day.finance)
      #expect(shown.data[0]?["gatewayFee"] == 2_775)
    }
  }

  @Test func `a payout that took its time counts on the day that it arrived`() async throws {
    try await ReconciliationScene.run { day in
      let reference = try await Self.payOut(day)
      day.move("txn_p", reference, 1_250_000, type: "DISBURSEMENT", status: "PENDING")
      try await day.nextMorning()
      #expect(try await day.counts().counts == ReconciliationRun.Counts(0, here: 0, there: 0))
      day.payment.clock.advance(by: .hours(2))
      try await Self.deliver("SUCCEEDED", day)
      let now = day.payment.clock.now
      day.list.change("txn_p") { entry in
        entry.status = "SUCCESS"
        entry.updated = now
      }
      try await day.nextMorning()
      #expect(try await day.counts().counts == ReconciliationRun.Counts(1, here: -1_250_000, there: -1_250_000))
    }
  }

  @Test func `a payout whose arrival nobody told is made good`() async throws {
    try await ReconciliationScene.run { day in
      let reference = try await Self.payOut(day)
      day.bank.change(["status": "SUCCEEDED"])
      day.move("txn_p", reference, 1_250_000, fee: 2_775, type: "DISBURSEMENT")
      try await day.nextMorning()
      let run = try await day.counts()
      #expect(run.status == .balanced)
      #expect(run.counts == ReconciliationRun.Counts(0, missingHere: 1, healed: 1, here: 0, there: -1_250_000))
      #expect(try await day.payment.events("payout.completed").count == 1)
      #expect(try await day.scene.balances()["exp:payout_fee"] == 2_775)
      _ = try await day.runAgain()
      #expect(try await day.counts().counts == run.counts)
    }
  }

  @Test func `one that came back at the provider comes back here`() async throws {
    try await ReconciliationScene.run { day in
      let reference = try await Self.payOut(day)
      try await Self.deliver("SUCCEEDED", day)
      day.bank.change(["status": "REVERSED"])
      day.move("txn_p", reference, 1_250_000, type: "DISBURSEMENT", status: "REVERSED")
      try await day.nextMorning()
      #expect(
        try await day.counts().counts == ReconciliationRun.Counts(0, missingHere: 1, healed: 1, here: 0, there: 0))
      let failed = try await day.payment.events("payout.failed")
      #expect(failed.count == 1 && failed.first?.data["wasCompleted"] == true)
      _ = try await day.runAgain()
      #expect(try await day.counts().status == .balanced)
    }
  }

  @Test(arguments: [(given: "REVERSED", left: 0), (given: "COMPLETED", left: 2_775)])
  func `a payout that came back later brings its fee back, if the provider says so`(_ fee: (given: String, left: Int))
    async throws
  {
    try await ReconciliationScene.run { day in
      let reference = try await Self.payOut(day)
      try await Self.deliver("SUCCEEDED", day)
      day.move("txn_p", reference, 1_250_000, fee: 2_775, type: "DISBURSEMENT")
      try await day.nextMorning()
      day.bank.change(["status": "REVERSED"])
      try await Self.deliver("REVERSED", day)
      let now = day.payment.clock.now
      day.list.change("txn_p") { entry in
        entry.status = "REVERSED"
        entry.feeStatus = fee.given
        entry.updated = now
      }
      try await day.nextMorning()
      #expect(try await day.counts().status == .balanced)
      let balances = try await day.scene.balances()
      #expect(balances["exp:payout_fee"] ?? 0 == fee.left && balances["asset:xendit"] ?? 0 == -fee.left)
      _ = try await day.runAgain()
      #expect(try await day.scene.balances() == balances)
    }
  }

  @Test func `a payout that came back after its day was over is the later day's`() async throws {
    try await ReconciliationScene.run { day in
      let reference = try await Self.payOut(day)
      try await Self.deliver("SUCCEEDED", day)
      let end = BusinessDay(of: day.payment.clock.now).end
      day.bank.change(["status": "REVERSED"])
      day.move("txn_p", reference, 1_250_000, type: "DISBURSEMENT", status: "REVERSED", at: end + .minutes(90))
      try await day.nextMorning()
      #expect(try await day.counts().counts == ReconciliationRun.Counts(0, here: 0, there: 0))
      try await day.nextMorning()
      #expect(
        try await day.counts().counts == ReconciliationRun.Counts(0, missingHere: 1, healed: 1, here: 0, there: 0))
    }
  }

  @Test func `a payout that failed here and was paid there stays for a person`() async throws {
    try await ReconciliationScene.run { day in
      let reference = try await Self.payOut(day)
      try await Self.deliver("FAILED", day)
      day.bank.change(["status": "SUCCEEDED"])
      day.move("txn_p", reference, 1_250_000, type: "DISBURSEMENT")
      try await day.nextMorning()
      #expect(try await day.counts().status == .unbalanced)
      #expect(try await day.items() == ["missing_here \(reference)"])
    }
  }

  @Test func `a refund matches by its attempt, a lost one is made good, another attempt's money is a duplicate`()
    async throws
  {
    try await ReconciliationScene.run { day in
      try await day.scene.pay(100_000)
      let invoice = day.scene.xendit.invoices.last?["external_id"]?.string
      day.move("txn_a", invoice, 104_900)
      try await day.scene.refund("other", [("amount", 40_000)])
      let first = try #require(day.scene.xendit.refunds.last?["reference_id"]?.string)
      day.move("txn_r", first, 40_000, type: "REFUND")
      day.move("txn_r2", first.dropLast() + "2", 40_000, type: "REFUND")
      day.scene.xendit.letRefundsBecome("PENDING")
      try await day.scene.refund("other", [("amount", 10_000)], key: "r2")
      let second = try #require(day.scene.xendit.refunds.last?["reference_id"]?.string)
      day.scene.xendit.endRefund("SUCCEEDED")
      day.move("txn_s", second, 10_000, type: "REFUND")
      #expect(try await day.scene.refundStatuses() == ["completed", "processing"])
      try await day.nextMorning()
      #expect(try await day.scene.refundStatuses() == ["completed", "completed"])
      #expect(
        try await day.counts().counts
          == ReconciliationRun.Counts(
            2, missingHere: 1, duplicate: 1, healed: 1, here: 64_900, there: 104_900 - 40_000 - 40_000 - 10_000))
    }
  }
}
