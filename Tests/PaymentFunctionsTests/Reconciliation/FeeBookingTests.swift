import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct FeeBookingTests {
  @Test func `of goods of 250,000 and shipping of 20,000, 270,000 are left after the provider's 9,250`() async throws {
    try await ReconciliationScene.run { day in
      try await day.scene.pay(250_000, shipping: 20_000)
      let reference = day.scene.xendit.invoices.last?["external_id"]?.string
      day.move("txn_a", reference, 279_250, fee: 9_250)
      try await day.nextMorning()
      let balances = try await day.scene.balances()
      #expect(balances["asset:xendit"] == 270_000 && balances["exp:gateway_fee"] == 9_250)
      _ = try await day.runAgain()
      #expect(try await day.scene.balances() == balances)
      #expect(try await day.counts().status == .balanced)
    }
  }

  @Test func `payments of one bill bear the fee by what each collected, largest remainder first`() async throws {
    try await ReconciliationScene.run { day in
      try await day.scene.payThreeOrders()
      let total = try await day.payment.one("select sum(gateway_amount)::bigint from payment", as: Int.self)
      day.move("txn_a", day.scene.xendit.invoices.last?["external_id"]?.string, total, fee: 4_440)
      try await day.nextMorning()
      let weights = try await day.payment.query("select gateway_amount from payment order by id", as: Int.self)
      let shares = try await day.payment.query("select gateway_fee_actual from payment order by id", as: Int.self)
      #expect(shares == split(4_440, by: weights))
      #expect(shares.reduce(0, +) == 4_440)
      let journals = try await day.payment.one(
        "select count(*) from transaction_ledger where kind = 'gateway_fee'", as: Int.self)
      #expect(journals == 1)
    }
  }

  @Test func `another fee than the one that is booked is for a person, and books nothing`() async throws {
    try await ReconciliationScene.run { day in
      let reference = try await day.paid(279_250, number: 1)
      day.move("txn_a", reference, 279_250, fee: 4_440)
      try await day.nextMorning()
      let balances = try await day.scene.balances()
      day.list.change("txn_a") { $0.fee = 5_550 }
      let again = try await day.runAgain()
      #expect(again.data["run"]?["status"] == "unbalanced" && again.data["run"]?["feeMismatch"] == 1)
      #expect(again.data["items"]?[0]?["feeHere"] == 4_440 && again.data["items"]?[0]?["feeThere"] == 5_550)
      #expect(try await day.scene.balances() == balances)
    }
  }
}
