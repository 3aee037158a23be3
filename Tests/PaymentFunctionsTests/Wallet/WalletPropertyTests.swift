import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

/// Whatever buyers, the provider, the wallet and jobs do in whatever order: money is neither lost nor doubled.
@Suite struct WalletPropertyTests {
  private static let funds = 5_000_000

  @Test(arguments: [1, 2, 3, 4, UInt64.random(in: 5...999_999)])
  func `wallet money ends where its payment does`(seed: UInt64) async throws {
    try await PaymentScene.run { scene in
      var dice = SeededGenerator(state: seed)
      scene.wallet.put(Self.funds)
      for step in 0..<25 { try await Self.act(scene, step, &dice) }
      try await Self.heal(scene)
      try await Self.mustHold(scene, seed)
    }
  }

  private static func act(_ scene: PaymentScene, _ step: Int, _ dice: inout SeededGenerator) async throws {
    switch Int.random(in: 0...11, using: &dice) {
    case 0...3:
      let amounts = [Int.random(in: 10_000...400_000, using: &dice), Int.random(in: 10_000...400_000, using: &dice)]
      let due = amounts[0] + amounts[1]
      let wallet = [0, due, Int.random(in: 1...due, using: &dice)].randomElement(using: &dice) ?? 0
      try await scene.create(scene.request(amounts[0], amounts[1], wallet: wallet), key: "k\(step)")
    case 4...5: if !scene.xendit.invoices.isEmpty { try await scene.deliver("PAID", money: "m\(step % 3)") }
    case 6: scene.xendit.change(["status": "PAID"])
    case 7: try await scene.cancelOrder()
    case 8: scene.wallet.beDown(Bool.random(using: &dice))
    case 9: scene.wallet.loseAnswers(Int.random(in: 1...3, using: &dice))
    case 10: if Int.random(in: 0...3, using: &dice) == 0 { scene.wallet.expireHolds() }
    default:
      scene.wait(.minutes(2))
      try await scene.payment.fire("RecoverGatewayCalls")
    }
  }

  /// All that was interrupted goes on, and all that nobody pays ends.
  private static func heal(_ scene: PaymentScene) async throws {
    scene.wallet.beDown(false)
    scene.wallet.loseAnswers(0)
    for wait in [Duration.minutes(2), .minutes(2), .hours(25), .minutes(2), .minutes(2)] {
      scene.wait(wait)
      try await scene.payment.fire("ExpirePayments")
      try await scene.payment.fire("RecoverGatewayCalls")
    }
  }

  private static func mustHold(_ scene: PaymentScene, _ seed: UInt64) async throws {
    func none(_ what: Comment, _ statement: SQL) async throws {
      let count: Int = try await scene.payment.one(statement)
      #expect(count == 0, "\(what), seed \(seed)")
    }
    try await none(
      "wallet money on its way",
      "select count(*) from payment where hold_state not in ('none', 'taken', 'released')")
    try await none(
      "payments left open", "select count(*) from payment where status in ('pending', 'awaiting_payment')")
    try await none(
      "parts that do not add up", "select count(*) from payment where amount <> wallet_amount + gateway_amount")
    try await none(
      "orders announced as paid twice",
      """
      select count(*) from (select from payment join lakoo.outbox on subject = payment.id::text
        where type = 'payment.paid' group by reference_id having count(*) > 1) doubled
      """)
    try await none(
      "late money that does not go back",
      """
      select count(*) from payment p where late_captured_amount <> (
        select coalesce(sum(amount), 0) from refund where payment_id = p.id
          and reason in ('late_payment', 'overpayment', 'duplicate_payment'))
      """)
    let asked: Int = try await scene.payment.one(
      "select coalesce(sum(wallet_amount), 0)::bigint from payment where hold_state = 'taken'")
    #expect(asked == scene.wallet.taken, "seed \(seed)")
    #expect(scene.wallet.holds.allSatisfy { $0.status != "active" }, "seed \(seed)")
    #expect(scene.wallet.balance + scene.wallet.taken == Self.funds, "seed \(seed)")
    let back: Int = try await scene.payment.one(
      "select coalesce(sum(wallet_part), 0)::bigint from refund where status = 'completed'")
    #expect(try await scene.balances()["clearing:wallet"] ?? 0 == asked - back, "seed \(seed)")
  }
}
