import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import PaymentFunctions

@Suite struct ReconciliationTests {
  @Test func `a long day is read page by page, and a day without movements is balanced`() async throws {
    try await ReconciliationScene.run { day in
      let reference = try await day.paid(279_250, number: 1)
      for index in 0..<120 { day.move("txn_\(index)", "foreign-\(index)", 1_000) }
      day.move("txn_a", reference, 279_250)
      try await day.nextMorning()
      #expect(
        try await day.counts().counts
          == ReconciliationRun.Counts(1, missingHere: 120, here: 279_250, there: 399_250))
      // 34 days before, of two lists each, and three pages and a list of yesterday.
      #expect(day.list.calls.count == 34 * 2 + 4)
      let balanced = try await day.payment.one(
        "select count(*) from reconciliation_run where status = 'balanced'", as: Int.self)
      #expect(balanced == 34)
      try await day.payment.fire("Reconciliation")
      #expect(day.list.calls.count == 34 * 2 + 4)
    }
  }

  @Test func `a page that fails leaves the day for the next morning, which goes on there`() async throws {
    try await ReconciliationScene.run { day in
      try await day.nextMorning()
      let reference = try await day.paid(279_250, number: 1)
      for index in 0..<120 { day.move("txn_\(index)", "foreign-\(index)", 1_000) }
      day.move("txn_a", reference, 279_250)
      let failed = BusinessDay(of: day.payment.clock.now)
      day.list.fail(2...4)
      try await day.nextMorning()
      let first = try await day.counts(failed)
      #expect(first.status == .failed)
      #expect(first.lastError?.isEmpty == false)
      #expect(try await day.mismatches.isEmpty)
      #expect(first.progress.after != nil)
      let calls = day.list.calls.count
      try await day.nextMorning()
      #expect(
        try await day.counts(failed).counts
          == ReconciliationRun.Counts(1, missingHere: 120, here: 279_250, there: 399_250))
      // Two pages were left, and the other list; the day between has two lists.
      #expect(day.list.calls.count == calls + 3 + 2)
      #expect(try await day.mismatches.count == 1)
    }
  }

  @Test func `two of three tries may fail`() async throws {
    try await ReconciliationScene.run { day in
      try await day.nextMorning()
      day.list.fail(1...2)
      try await day.nextMorning()
      #expect(try await day.counts().status == .balanced)
    }
  }

  @Test func `a run whose worker is gone is taken over, and one that is worked on is not`() async throws {
    try await ReconciliationScene.run { day in
      try await day.nextMorning()
      try await day.loseWorker()
      #expect(try await day.runAgain().code == "run_in_progress")
      day.payment.clock.advance(by: .minutes(11))
      #expect(try await day.runAgain().data["run"]?["status"] == "balanced")
    }
  }

  @Test func `the job goes on at once with what its lost worker has left`() async throws {
    try await ReconciliationScene.run { day in
      try await day.nextMorning()
      try await day.loseWorker()
      try await day.payment.fire("Reconciliation")
      #expect(try await day.counts().status == .balanced)
    }
  }

  @Test func `a day that was begun is gone on with, however long ago it was`() async throws {
    try await ReconciliationScene.run { day in
      try await day.nextMorning()
      let old = BusinessDay(of: day.yesterday.start - .days(60))
      try await day.payment.write(
        """
        update reconciliation_run set status = 'failed', recon_date = \(old)::date
        where recon_date = \(day.yesterday)::date
        """)
      try await day.payment.fire("Reconciliation")
      #expect(try await day.counts(old).status == .balanced)
    }
  }

  @Test func `around midnight a movement may be the other day's`() async throws {
    try await ReconciliationScene.run { day in
      let end = BusinessDay(of: day.payment.clock.now).end
      day.payment.clock.advance(by: end - .seconds(1) - day.payment.clock.now)
      let reference = try await day.paid(279_250, number: 1)
      day.move("txn_a", reference, 279_250, at: end + .seconds(5))
      try await day.nextMorning()
      #expect(try await day.counts().counts == ReconciliationRun.Counts(0, here: 0, there: 0))
      try await day.nextMorning()
      #expect(try await day.counts().counts == ReconciliationRun.Counts(1, here: 279_250, there: 279_250))
      #expect(try await day.mismatches.isEmpty)
    }
  }

  @Test func `further apart they are two`() async throws {
    try await ReconciliationScene.run { day in
      let reference = try await day.paid(279_250, number: 1)
      let first = BusinessDay(of: day.payment.clock.now)
      day.move("txn_a", reference, 279_250, at: first.end + .hours(13))
      try await day.nextMorning()
      #expect(try await day.items() == ["missing_there \(reference)"])
      try await day.nextMorning()
      #expect(try await day.items() == ["missing_here \(reference)"])
    }
  }

  @Test func `what came without our reference is known by the provider's ids`() async throws {
    try await ReconciliationScene.run { day in
      _ = try await day.paid(279_250, number: 1)
      let invoice = day.scene.xendit.invoices.last?["id"]?.string
      _ = try await day.paid(80_000, number: 2)
      day.move("txn_1", nil, 279_250, invoice: invoice)
      day.move("txn_2", "other", 80_000, product: "2")
      try await day.nextMorning()
      #expect(try await day.counts().counts == ReconciliationRun.Counts(2, here: 359_250, there: 359_250))
    }
  }

  @Test func `kinds that are not booked are kept and do not unbalance, pending and failed ones are nothing`()
    async throws
  {
    try await ReconciliationScene.run { day in
      day.move("txn_1", "cb", 5_000, type: "CHARGEBACK")
      day.move("txn_2", nil, 7_000, type: "ADJUSTMENT_ADD")
      day.move("txn_3", "x", 7_000, status: "PENDING")
      day.move("txn_4", "y", 7_000, status: "FAILED")
      day.list.add(
        .init(
          id: "txn_5", reference: "usd", amount: 3, created: day.payment.clock.now, updated: day.payment.clock.now,
          currency: "USD"))
      try await day.nextMorning()
      let run = try await day.counts()
      #expect(run.counts.unmodelled == 3 && run.counts.matched == 0)
      #expect(run.status == .balanced)
      #expect(try await day.mismatches.isEmpty)
    }
  }

  @Test func `what the wallet service has is asked for, and a difference is seen when it stays`() async throws {
    try await ReconciliationScene.run { day in
      try await day.scene.pay(100_000)
      try await day.scene.refund("other", [("amount", 40_000), ("method", "wallet")])
      #expect(try await day.scene.balances()["clearing:wallet"] == -40_000)
      let asked = Asked()
      day.payment.on(service: "wallet") { call in
        #expect(call.path == "/internal/ledger/clearing-payment")
        // Ten minutes later it is in its books too.
        return ClearingBalance.Balance(balance: await asked.next() == 1 ? 0 : 40_000)
      }
      try await day.nextMorning()
      let run = try await day.counts()
      #expect(run.clearingHere == -40_000 && run.clearingThere == 40_000)
      day.payment.on(service: "wallet") { _ -> ClearingBalance.Balance in throw Problem(500, "x", "away") }
      _ = try await day.runAgain()
      #expect(try await day.counts().clearingThere == nil)
      let now = day.payment.clock.now
      let ours = try await day.payment.call("ClearingBalance", caller: .service)
      #expect(ours.data["balance"] == -40_000)
      let before = try await day.payment.call(
        "ClearingBalance", query: [("asOf", (now - .days(2)).description)], caller: .service)
      #expect(before.data["balance"] == 0)
    }
  }
}

private actor Asked {
  private var count = 0
  func next() -> Int {
    count += 1
    return count
  }
}

extension ReconciliationScene {
  /// Yesterday's run is at work for ten minutes more, by its row; nobody is.
  fileprivate func loseWorker() async throws {
    let now = payment.clock.now
    try await payment.write(
      """
      update reconciliation_run set status = 'running', worker_id = gen_random_uuid(),
        worker_until = \(now + .minutes(10))
      where recon_date = \(yesterday)::date
      """)
  }
}
