import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

/// The wallet is away, its answers are lost, or what it had set aside is gone.
@Suite struct WalletTroubleTests {
  private static func recover(_ scene: PaymentScene) async throws {
    scene.wait(.seconds(61))
    try await scene.payment.fire("RecoverGatewayCalls")
  }

  @Test func `while the wallet is away the payment waits, and then goes on to its invoice`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(100_000)
      scene.wallet.beDown(true)
      let reply = try await scene.create(scene.request(250_000, wallet: 100_000))
      #expect(reply.status == 202 && reply.data["invoice"]?.isNull == true)
      try await Self.recover(scene)
      #expect(scene.xendit.invoices.isEmpty)
      scene.wallet.beDown(false)
      try await Self.recover(scene)
      #expect(try await scene.statuses() == ["awaiting_payment"])
      #expect(try await scene.create(scene.request(250_000, wallet: 100_000)).status == 201)
      #expect(scene.wallet.holds.count == 1)
    }
  }

  @Test func `an answer that was lost at any step sets aside once, and is found again`() async throws {
    for lost in 1...3 {
      try await PaymentScene.run { scene in
        scene.wallet.put(70_000)
        scene.wallet.loseAnswers(lost)
        _ = try await scene.create(scene.request(60_000, shipping: 10_000, wallet: 70_000))
        for _ in 0..<3 { try await Self.recover(scene) }
        #expect(try await scene.statuses() == ["paid"])
        #expect(scene.wallet.holds.map(\.status) == ["captured"])
        #expect(try await scene.payment.events("payment.paid").count == 1)
        #expect(try await scene.balances()["clearing:wallet"] == 70_000)
      }
    }
  }

  @Test func `money of the provider waits for the wallet, and is neither expired nor cancelled meanwhile`() async throws
  {
    try await PaymentScene.run { scene in
      scene.wallet.put(100_000)
      try await scene.create(scene.request(100_000, 50_000, wallet: 75_000))
      scene.wallet.beDown(true)
      try await scene.deliver("PAID")
      #expect(try await scene.statuses() == ["awaiting_payment", "awaiting_payment"])
      scene.wait(.hours(24) + .minutes(3))
      try await scene.payment.fire("ExpirePayments")
      #expect(try await scene.create(scene.request(90_000, 50_000), key: "b").code == "order_already_paid")
      #expect(try await scene.statuses() == ["awaiting_payment", "awaiting_payment"])
      scene.wallet.beDown(false)
      try await Self.recover(scene)
      #expect(try await scene.statuses() == ["paid", "paid"])
      #expect(scene.wallet.taken == 75_000)
      #expect(try await scene.payment.events("payment.paid").count == 2)
    }
  }

  @Test func `an order that is cancelled while the wallet is asked gets everything back`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(100_000)
      try await scene.create(scene.request(100_000, wallet: 75_000))
      scene.wallet.beDown(true)
      try await scene.deliver("PAID")
      try await scene.cancelOrder()
      #expect(try await scene.statuses() == ["awaiting_payment"])
      scene.wallet.beDown(false)
      try await Self.recover(scene)
      try await Self.recover(scene)
      #expect(try await scene.statuses() == ["refunded"])
      let refund = try #require(try await scene.payment.events("refund.completed").first)
      #expect(refund.data["gatewayAmount"] == 27_725 && refund.data["walletAmount"] == 75_000)
      #expect(try await scene.balances().values.allSatisfy { $0 == 0 })
    }
  }

  @Test func `what is no longer there fails the payment, and the provider's money goes back`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(100_000)
      try await scene.create(scene.request(250_000, shipping: 20_000, wallet: 100_000))
      scene.wallet.expireHolds()
      try await scene.deliver("PAID")
      #expect(try await scene.statuses() == ["failed"])
      #expect(try await scene.payment.events("payment.failed").map { $0.data["failureCode"] } == ["hold_closed"])
      #expect(try await scene.payment.events("payment.late_captured").map { $0.data["lateAmount"] } == [176_350])
      #expect(try await scene.balances()["asset:xendit"] == 176_350)
      scene.wait(.seconds(1))
      try await scene.payment.fire("RecoverGatewayCalls")
      #expect(try await scene.statuses() == ["refunded"])
      #expect(try await scene.balances().values.allSatisfy { $0 == 0 })
      #expect(try await scene.payment.events("payment.paid").isEmpty)
    }
  }

  @Test func `too much that came for a bill goes back, though the bill waits for the wallet`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(100_000)
      try await scene.create(scene.request(250_000, shipping: 20_000, wallet: 100_000))
      scene.wallet.beDown(true)
      try await scene.deliver("PAID", paid: 180_000)
      scene.wallet.beDown(false)
      try await Self.recover(scene)
      #expect(try await scene.statuses() == ["paid"])
      #expect(try await scene.payment.events("refund.completed").map { $0.data["amount"] } == [3650])
    }
  }

  @Test func `a hold that comes too late for its payment is set free`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(100_000)
      scene.wallet.loseAnswers(3)
      try await scene.create(scene.request(250_000, wallet: 100_000))
      #expect(scene.wallet.balance == 0)
      try await scene.cancelOrder()
      try await Self.recover(scene)
      #expect(try await scene.statuses() == ["cancelled"])
      #expect(scene.wallet.balance == 100_000)
      try await Self.recover(scene)
      let states: [String] = try await scene.payment.query("select hold_state from payment")
      #expect(states == ["released"])
    }
  }

  @Test func `a refund sends the provider's money back first, and the rest to the wallet`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(200_000)
      try await scene.create(scene.request(250_000, shipping: 20_000, wallet: 200_000))
      try await scene.deliver("PAID")
      try await scene.refund("other", [("amount", 60_000)], key: "a")
      try await scene.refund("other", [("amount", 50_000)], key: "b")
      let parts = try await scene.payment.events("refund.completed").map {
        [$0.data["gatewayAmount"], $0.data["walletAmount"]]
      }
      #expect(parts == [[60_000, 0], [13_450, 36_550]])
    }
  }

  @Test func `the database refuses a paid payment whose wallet money was not taken`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(100_000)
      try await scene.create(scene.request(250_000, wallet: 100_000))
      let refused: [(SQL, String)] = [
        ("update payment set status = 'paid', captured_amount = amount", "payment_wallet_taken"),
        ("update payment set hold_state = 'none'", "payment_wallet_state"),
        ("update payment set wallet_hold_id = null", "payment_wallet_hold"),
      ]
      for (statement, constraint) in refused {
        let error = await #expect(throws: DatabaseError.self) { try await scene.payment.write(statement) }
        #expect(error?.constraint == constraint)
      }
    }
  }
}
