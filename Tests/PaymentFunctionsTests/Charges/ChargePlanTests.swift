import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

/// What is asked of payments again and again goes by an index, however many there are.
@Suite struct ChargePlanTests {
  @Test func `a user's page is read from where it begins`() async throws {
    try await PaymentScene.run { scene in
      for after in [nil, sampleID(5)] {
        let cursor = after.map { Cursor.text(list: "x", position: $0.description) }
        let paging = try Paging("x", limit: nil, cursor: cursor)
        let plan = try await scene.payment.plan(ListMyPayments.Input().statement(of: scene.buyer, paging))
        #expect(plan.contains("payment_user_newest") && !plan.contains("Sort"), "\(plan)")
      }
    }
  }

  @Test func `what waits for the wallet is found among all that does not`() async throws {
    try await PaymentScene.run { scene in
      let now = Instant(seconds: 1_768_453_200)
      let plan = try await scene.payment.plan(WalletBills.claim(before: now - .seconds(60), at: now))
      #expect(plan.contains("payment_wallet_unfinished") && !plan.contains("Seq Scan"), "\(plan)")
    }
  }

  @Test func `a bill is found by its index`() async throws {
    try await PaymentScene.run { scene in
      let plan = try await scene.payment.plan("select id from payment where bill_id = \(sampleID(1)) order by id")
      #expect(plan.contains("payment_bill"), "\(plan)")
    }
  }
}
