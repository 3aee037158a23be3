import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import WalletFunctions

@Suite struct SubmitWithdrawalsTests {
  @Test func `an answer that is lost is looked for, and nothing is paid out twice`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(500_000)
      let made = try await scene.withdraw(200_000, to: scene.addAccount())
      scene.payment.loseAnswers(1)
      try await scene.submit()
      #expect(try await scene.status(made) == "approved")
      #expect(try await scene.balances(.seller) == .init(300_000, held: 200_000))
      try await scene.submit()
      #expect(try await scene.status(made) == "processing")
      #expect(scene.payment.payouts.count == 1)
      try await scene.submit()
      #expect(try await scene.balances(.seller) == .init(300_000))
    }
  }

  @Test func `the payout's end makes good what was lost before it`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(500_000)
      let made = try await scene.withdraw(200_000, to: scene.addAccount())
      scene.payment.loseAnswers(1)
      try await scene.submit()
      try await scene.tell("payout.completed", of: made, amount: 200_000)
      #expect(try await scene.status(made) == "completed")
      #expect(try await scene.balances(.seller) == .init(300_000))
      #expect(try await scene.wallet.events("wallet.debited").count == 1)
    }
  }

  @Test func `what is refused for good is free again`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(500_000)
      let made = try await scene.withdraw(200_000, to: scene.addAccount())
      scene.payment.refuse(with: Problem(422, "channel_disabled", "closed"))
      try await scene.submit()
      #expect(try await scene.status(made) == "failed")
      #expect(try await scene.balances(.seller) == .init(500_000))
      #expect(try await scene.wallet.events("withdrawal.failed").first?.data["code"] == "channel_disabled")
      #expect(try await scene.wallet.events("wallet.debited").isEmpty)
    }
  }

  @Test(arguments: [
    (503, "overloaded"), (429, "rate_limited"), (401, "unauthenticated"), (409, "idempotency_in_progress"),
  ])
  func `what is no refusal is tried again`(status: Int, code: String) async throws {
    try await WalletScene.run { scene in
      try await scene.settle(500_000)
      let made = try await scene.withdraw(200_000, to: scene.addAccount())
      scene.payment.refuse(with: Problem(status, code, "not now"))
      try await scene.submit()
      #expect(try await scene.status(made) == "approved")
      scene.payment.refuse(with: nil)
      try await scene.submit()
      #expect(try await scene.status(made) == "processing")
    }
  }

  @Test func `two jobs at once hand over once`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(500_000)
      let account = try await scene.addAccount()
      for _ in 0..<3 { try await scene.withdraw(100_000, to: account) }
      try await withThrowingTaskGroup { group in
        for _ in 0..<4 { group.addTask { try await scene.submit() } }
        try await group.waitForAll()
      }
      #expect(scene.payment.payouts.count == 3)
      #expect(try await scene.balances(.seller) == .init(200_000))
      #expect(try await scene.wallet.events("wallet.debited").count == 3)
    }
  }

  @Test(arguments: [
    ("succeeded", "completed", 300_000), ("failed", "failed", 500_000), ("accepted", "processing", 300_000),
  ])
  func `what nothing was heard of for long is asked about`(payout: String, status: String, cash: Int) async throws {
    try await WalletScene.run { scene in
      try await scene.settle(500_000)
      let made = try await scene.withdraw(200_000, to: scene.addAccount())
      try await scene.submit()
      scene.payment.end(payout)
      try await scene.wallet.fire("PollWithdrawals")
      #expect(try await scene.status(made) == "processing")
      scene.wait(.minutes(31))
      try await scene.wallet.fire("PollWithdrawals")
      try await scene.wallet.fire("PollWithdrawals")
      #expect(try await scene.status(made) == status)
      #expect(try await scene.balances(.seller) == .init(cash))
    }
  }

  @Test func `a failure that the payment service tries again is none`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(500_000)
      let made = try await scene.withdraw(200_000, to: scene.addAccount())
      try await scene.submit()
      scene.payment.end("failed", retryAt: scene.wallet.clock.now + .hours(2))
      scene.wait(.minutes(31))
      try await scene.wallet.fire("PollWithdrawals")
      #expect(try await scene.status(made) == "processing")
      #expect(try await scene.balances(.seller) == .init(300_000))
    }
  }

  @Test func `a payout of another amount is for a person to look at`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(500_000)
      let made = try await scene.withdraw(200_000, to: scene.addAccount())
      try await scene.submit()
      await #expect(throws: Problem.self) {
        try await scene.tell("payout.completed", of: made, amount: 199_999)
      }
      #expect(try await scene.status(made) == "processing")
    }
  }
}
