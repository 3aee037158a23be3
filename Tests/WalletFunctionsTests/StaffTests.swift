import FunctionKit
import FunctionTesting
import Testing

@testable import WalletFunctions

@Suite struct StaffTests {
  private static func decide(
    _ scene: WalletScene, _ function: String, _ kind: WalletKind = .buyer, version: Int
  ) async throws -> TestReply {
    try await scene.wallet.call(
      function, path: [("id", "\(try await scene.walletID(kind))")], body: ["reason": "looked into"],
      caller: scene.finance, headers: ["if-match": "\"\(version)\""])
  }

  @Test func `a frozen wallet takes money in and lets none out`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(50_000)
      #expect(try await Self.decide(scene, "FreezeWallet", version: 0).data["status"] == "frozen")
      #expect(try await Self.decide(scene, "FreezeWallet", version: 0).code == "stale_version")
      try await scene.refund(50_000, number: 2)
      #expect(try await scene.balances() == .init(100_000))
      let account = try await scene.wallet.call(
        "AddBankAccount", body: ["channelCode": "ID_BCA", "accountNumber": "55555", "accountHolder": "B"],
        caller: .user(scene.buyer))
      let withdrawal = try await scene.wallet.call(
        "CreateWithdrawal", body: ["amount": 10_000, "bankAccountId": account.data["id"] ?? .null],
        caller: .user(scene.buyer), key: "k")
      #expect(withdrawal.status == 409)
      #expect(withdrawal.code == "wallet_frozen")
      #expect(try await scene.hold(10_000).code == "wallet_frozen")
      #expect(try await Self.decide(scene, "UnfreezeWallet", version: 1).data["status"] == "active")
      #expect(try await scene.hold(10_000).status == 201)
    }
  }

  @Test func `what is on its way out and not handed over waits for a person when its wallet is frozen`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(500_000)
      let account = try await scene.addAccount()
      let handedOver = try await scene.withdraw(100_000, to: account)
      scene.payment.loseAnswers(1)
      try await scene.submit()
      let waiting = try await scene.withdraw(50_000, to: account)
      #expect(try await Self.decide(scene, "FreezeWallet", .seller, version: 0).status == 200)
      #expect(try await scene.status(handedOver) == "approved")
      #expect(try await scene.status(waiting) == "pending_review")
      try await scene.submit()
      #expect(try await scene.status(handedOver) == "processing")
      #expect(scene.payment.payouts.count == 1)
      let review = try await scene.wallet.call(
        "ReviewWithdrawal", path: [("id", waiting.data["id"]?.string ?? "")], body: ["approve": true],
        caller: scene.finance)
      #expect(review.code == "wallet_frozen")
    }
  }

  @Test func `a suspended wallet is hidden from its user, not from the staff`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(50_000)
      #expect(try await Self.decide(scene, "SuspendWallet", version: 0).data["status"] == "suspended")
      #expect(try await scene.wallet.call("GetMyWallet", caller: .user(scene.buyer)).status == 404)
      let seen = try await scene.wallet.call(
        "GetWalletAdmin", path: [("id", "\(try await scene.walletID())")], caller: scene.support)
      #expect(seen.data["cash"] == 50_000)
      #expect(seen.header("etag") == "\"1\"")
      let list = try await scene.wallet.call("ListWallets", query: [("status", "suspended")], caller: scene.support)
      #expect(list.data.array?.count == 1)
    }
  }

  @Test func `only an empty wallet is closed, and money that comes later opens it again`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(50_000)
      #expect(try await Self.decide(scene, "CloseWallet", version: 0).code == "balance_not_zero")
      let hold = try await scene.hold(50_000)
      #expect(try await Self.decide(scene, "CloseWallet", version: 0).code == "balance_not_zero")
      try await scene.capture(hold)
      #expect(try await Self.decide(scene, "CloseWallet", version: 0).data["status"] == "closed")
      try await scene.refund(10_000, number: 2)
      let status: String = try await scene.wallet.one("select status from wallet")
      #expect(status == "active")
    }
  }

  @Test
  func `a deleted user's empty wallet is closed and their bank forgotten, and one with money is kept for finance`()
    async throws
  {
    try await WalletScene.run { scene in
      try await scene.settle(100_000)
      _ = try await scene.addAccount("9876543210")
      func delete() async throws {
        try await scene.wallet.handle(
          "CloseOnUserDeleted", type: "user.deleted", data: ["userId": .id(scene.sellerUser)])
      }
      try await delete()
      var status: String = try await scene.wallet.one("select status from wallet")
      #expect(status == "frozen")
      let kept: Int = try await scene.wallet.one("select count(*) from bank_account where deleted_at is null")
      #expect(kept == 1)
      #expect(try await Self.decide(scene, "UnfreezeWallet", .seller, version: 1).status == 200)
      let request = try await scene.wallet.call(
        "RequestAdjustment", path: [("id", "\(try await scene.walletID(.seller))")],
        body: ["amount": -100_000, "bucket": "cash", "reason": "returned by transfer"], caller: scene.finance, key: "k")
      #expect(request.status == 201)
      try await delete()
      try await delete()
      status = try await scene.wallet.one("select status from wallet")
      #expect(status == "closed")
      let left: Int = try await scene.wallet.one(
        "select count(*) from bank_account where account_number_enc is not null or account_holder <> ''")
      #expect(left == 0)
    }
  }

  @Test func `the books are open to finance, and sum to nothing`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(50_000)
      try await scene.grant(10_000)
      try await scene.hold(20_000)
      let trial = try await scene.wallet.call("TrialBalance", caller: scene.finance)
      #expect(trial.data["total"] == 0)
      let balances = Dictionary(
        uniqueKeysWithValues: (trial.data["accounts"]?.array ?? []).compactMap { account in
          account["code"]?.string.flatMap { code in account["balance"]?.int.map { (code, $0) } }
        })
      #expect(balances["clearing:payment"] == 50_000)
      #expect(balances["exp:promo"] == 10_000)
      #expect(balances["liab:wallet:*:hold"] == -20_000)
      let entries = try await scene.wallet.call(
        "LedgerEntries", query: [("account", "clearing:payment"), ("limit", "1")], caller: scene.finance)
      #expect(entries.data[0]?["amount"] == 50_000)
      let clearing = try await scene.wallet.call("ClearingBalance", caller: .service)
      #expect(clearing.data["balance"] == 50_000)
      scene.wait(.seconds(1))
      let stats = try await scene.wallet.call("WalletStats", caller: scene.finance)
      #expect(stats.data["wallets"] == 1)
      #expect(stats.data["held"] == 20_000)
      #expect(stats.data["movements"]?.array?.count == 2)
      let all = try await scene.wallet.call("ListAllTransactions", query: [("type", "refund")], caller: scene.support)
      #expect(all.data.array?.count == 1)
    }
  }

  @Test func `the audit freezes a wallet that is not what its books say, and leaves the others alone`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(50_000)
      try await scene.settle(70_000)
      scene.payment.setClearing(-120_000)
      try await scene.wallet.fire("LedgerAudit")
      let active: Int = try await scene.wallet.one("select count(*) from wallet where status = 'active'")
      #expect(active == 2)
      // The database refuses to let them drift, so it is told not to look.
      try await scene.wallet.write("alter table wallet disable trigger user")
      try await scene.wallet.write("update wallet set cash_balance = cash_balance + 1 where kind = 'buyer'")
      try await scene.wallet.write("alter table wallet enable trigger user")
      try await scene.wallet.fire("LedgerAudit")
      let frozen: [String] = try await scene.wallet.query("select kind from wallet where status = 'frozen'")
      #expect(frozen == ["buyer"])
      try await scene.wallet.write("alter table wallet disable trigger user")
      try await scene.wallet.write("update wallet set cash_balance = cash_balance - 1 where kind = 'buyer'")
      try await scene.wallet.write("alter table wallet enable trigger user")
    }
  }
}
