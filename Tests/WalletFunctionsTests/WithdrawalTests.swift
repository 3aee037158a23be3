import FunctionKit
import FunctionTesting
import Testing

@testable import WalletFunctions

@Suite struct WithdrawalTests {
  @Test func `a withdrawal is held, booked when it is accepted, and completed when it has arrived`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(500_000)
      let account = try await scene.addAccount()
      let made = try await scene.withdraw(500_000, to: account)
      #expect(made.status == 201)
      #expect(made.data["status"] == "approved")
      #expect(try await scene.balances(.seller) == .init(0, held: 500_000))
      try await scene.submit()
      #expect(try await scene.status(made) == "processing")
      #expect(try await scene.balances(.seller) == .init(0))
      #expect(try await scene.account("clearing:payment") == 0)
      let payout = try #require(scene.payment.payouts.first)
      #expect(payout.body["accountNumber"] == "1234567890")
      #expect(payout.body["amount"] == 500_000)
      try await scene.tell("payout.completed", of: made, amount: 500_000)
      try await scene.tell("payout.completed", of: made, amount: 500_000)
      #expect(try await scene.status(made) == "completed")
      #expect(
        try await scene.eventTypes() == [
          "wallet.credited", "withdrawal.requested", "wallet.debited", "withdrawal.completed",
        ])
      let proven: String = try await scene.wallet.one("select status from bank_account")
      #expect(proven == "verified")
    }
  }

  @Test func `a payout that fails brings exactly its amount back, once, and tells of a bad account`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(500_000)
      let account = try await scene.addAccount()
      let made = try await scene.withdraw(500_000, to: account)
      try await scene.submit()
      try await scene.tell("payout.failed", of: made, amount: 500_000, failure: "INVALID_DESTINATION")
      try await scene.tell("payout.failed", of: made, amount: 500_000, failure: "INVALID_DESTINATION")
      #expect(try await scene.status(made) == "failed")
      #expect(try await scene.balances(.seller) == .init(500_000))
      #expect(
        try await scene.transactions() == [
          "seller_payout credit 500000", "withdrawal debit 500000", "withdrawal_reversal credit 500000",
        ])
      #expect(try await scene.withdraw(100_000, to: account).code == "account_invalid")
      #expect(try await scene.wallet.events("withdrawal.failed").count == 1)
    }
  }

  @Test func `money that a bank sends back after all comes back, and a late word of success changes nothing`()
    async throws
  {
    try await WalletScene.run { scene in
      try await scene.settle(500_000)
      let made = try await scene.withdraw(500_000, to: scene.addAccount())
      try await scene.submit()
      try await scene.tell("payout.completed", of: made, amount: 500_000)
      try await scene.tell("payout.failed", of: made, amount: 500_000, failure: "REJECTED", wasCompleted: true)
      #expect(try await scene.status(made) == "failed")
      #expect(try await scene.balances(.seller) == .init(500_000))
      try await scene.tell("payout.completed", of: made, amount: 500_000)
      #expect(try await scene.status(made) == "failed")
      #expect(try await scene.balances(.seller) == .init(500_000))
      #expect(try await scene.account("clearing:payment") == 500_000)
    }
  }

  @Test func `a failure that overtakes the success wins`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(500_000)
      let made = try await scene.withdraw(500_000, to: scene.addAccount())
      try await scene.submit()
      try await scene.tell("payout.failed", of: made, amount: 500_000, wasCompleted: true)
      try await scene.tell("payout.completed", of: made, amount: 500_000)
      #expect(try await scene.status(made) == "failed")
      #expect(try await scene.balances(.seller) == .init(500_000))
    }
  }

  @Test func `a large one waits for a person, and its owner may take it back`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(9_000_000)
      let account = try await scene.addAccount()
      let made = try await scene.withdraw(6_000_000, to: account)
      #expect(made.data["status"] == "pending_review")
      try await scene.submit()
      #expect(scene.payment.payouts.isEmpty)
      let cancelled = try await scene.wallet.call(
        "CancelWithdrawal", path: [("id", made.data["id"]?.string ?? "")], body: [:], caller: scene.owner)
      #expect(cancelled.data["status"] == "cancelled")
      #expect(try await scene.balances(.seller) == .init(9_000_000))
      let young = try await scene.withdraw(1_000_001, to: account)
      #expect(young.data["reviewReason"] == "new_account")
      scene.wait(.hours(24))
      #expect(try await scene.withdraw(1_000_001, to: account).data["status"] == "approved")
    }
  }

  @Test func `finance lets a withdrawal pass or refuses it`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(20_000_000)
      let account = try await scene.addAccount()
      func review(_ withdrawal: TestReply, _ body: JSON) async throws -> TestReply {
        try await scene.wallet.call(
          "ReviewWithdrawal", path: [("id", withdrawal.data["id"]?.string ?? "")], body: body, caller: scene.finance)
      }
      let good = try await scene.withdraw(6_000_000, to: account)
      let bad = try await scene.withdraw(7_000_000, to: account)
      let queue = try await scene.wallet.call("ListWithdrawalQueue", caller: scene.finance)
      #expect(queue.data.array?.count == 2)
      #expect(try await review(good, ["approve": true]).data["status"] == "approved")
      #expect(try await review(bad, ["approve": false]).status == 422)
      #expect(try await review(bad, ["approve": false, "reason": "unknown holder"]).data["status"] == "rejected")
      #expect(try await review(bad, ["approve": true]).code == "invalid_state")
      #expect(try await scene.balances(.seller) == .init(14_000_000, held: 6_000_000))
      #expect(try await scene.wallet.events("withdrawal.rejected").count == 1)
      let tooLate = try await scene.wallet.call(
        "CancelWithdrawal", path: [("id", good.data["id"]?.string ?? "")], body: [:], caller: scene.owner)
      #expect(tooLate.code == "invalid_state")
    }
  }

  @Test func `three a day, and those that came to nothing by a person's word do not count`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(10_000_000)
      let account = try await scene.addAccount()
      let first = try await scene.withdraw(6_000_000, to: account)
      _ = try await scene.wallet.call(
        "CancelWithdrawal", path: [("id", first.data["id"]?.string ?? "")], body: [:], caller: scene.owner)
      let statuses = try await withThrowingTaskGroup { group in
        for _ in 0..<5 { group.addTask { try await scene.withdraw(10_000, to: account).status } }
        return try await group.reduce(into: [Int]()) { $0.append($1) }
      }
      #expect(statuses.sorted() == [201, 201, 201, 409, 409])
      #expect(try await scene.withdraw(10_000, to: account).code == "daily_limit")
      scene.wait(.hours(24))
      #expect(try await scene.withdraw(10_000, to: account).status == 201)
    }
  }

  @Test func `what can't be withdrawn`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(100_000)
      let account = try await scene.addAccount()
      #expect(try await scene.withdraw(100_001, to: account).code == "insufficient_balance")
      #expect(try await scene.withdraw(9_999, to: account).code == "amount_out_of_range")
      #expect(try await scene.withdraw(50_000_001, to: account).code == "amount_out_of_range")
      #expect(try await scene.withdraw(10_000, to: sampleID(77)).code == "account_invalid")
      #expect(try await scene.balances(.seller) == .init(100_000))
    }
  }

  @Test func `promotional credit is never withdrawn`() async throws {
    try await WalletScene.run { scene in
      try await scene.grant(50_000)
      try await scene.refund(20_000)
      let account = try await scene.wallet.call(
        "AddBankAccount", body: ["channelCode": "ID_BNI", "accountNumber": "55555", "accountHolder": "B"],
        caller: .user(scene.buyer))
      let reply = try await scene.wallet.call(
        "CreateWithdrawal", body: ["amount": 20_001, "bankAccountId": account.data["id"] ?? .null],
        caller: .user(scene.buyer), key: "k")
      #expect(reply.code == "insufficient_balance")
    }
  }

  @Test func `open withdrawals and their holds are the same money`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(20_000_000)
      let account = try await scene.addAccount()
      for amount in [6_000_000, 50_000, 70_000] { try await scene.withdraw(amount, to: account) }
      let open: Int = try await scene.wallet.one(
        "select sum(amount)::bigint from withdrawal_request where status in ('approved', 'pending_review')")
      #expect(open == 6_120_000)
      #expect(try await scene.balances(.seller).held == open)
    }
  }
}
