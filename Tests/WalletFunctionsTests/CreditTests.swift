import FunctionKit
import FunctionTesting
import Testing

@testable import WalletFunctions

@Suite struct CreditTests {
  @Test func `a refund comes once, however often it is told`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(104_900)
      try await scene.refund(104_900)
      #expect(try await scene.balances() == .init(104_900))
      #expect(try await scene.transactions() == ["refund credit 104900"])
      let events = try await scene.wallet.events("wallet.credited")
      #expect(events.count == 1)
      #expect(events.first?.data["balanceAfter"] == 104_900)
      #expect(events.first?.data["referenceId"] == .id(sampleID(601)))
    }
  }

  @Test func `what went back by card is none of the wallet's affair`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(0, method: "original_payment")
      let wallets: Int = try await scene.wallet.one("select count(*) from wallet")
      #expect(wallets == 0)
    }
  }

  @Test func `a settlement's net amount goes to the seller, and nothing is taken from it again`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(1_343_150)
      try await scene.settle(1_343_150)
      #expect(try await scene.balances(.seller) == .init(1_343_150))
      #expect(try await scene.account("clearing:payment") == 1_343_150)
      #expect(try await scene.account("liab:wallet:\(scene.walletID(.seller)):cash") == -1_343_150)
      #expect(try await scene.transactions() == ["seller_payout credit 1343150"])
    }
  }

  @Test func `a user's two wallets are apart, and nobody sees another's`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(200_000)
      let seller = try await scene.wallet.call(
        "GetMyWallet", query: [("kind", "seller")], caller: .user(scene.sellerUser))
      #expect(seller.data["cash"] == 200_000)
      let buyer = try await scene.wallet.call("GetMyWallet", caller: .user(scene.sellerUser))
      #expect(buyer.data["available"] == 0)
      let none = try await scene.wallet.call("GetMyWallet", query: [("kind", "seller")], caller: .user(scene.buyer))
      #expect(none.code == "not_found")
      let id: ID = try await scene.wallet.one("select id from wallet_transaction")
      func status(_ user: ID) async throws -> Int {
        try await scene.wallet.call("GetTransaction", path: [("id", "\(id)")], caller: .user(user)).status
      }
      #expect(try await status(scene.sellerUser) == 200)
      #expect(try await status(scene.buyer) == 404)
    }
  }

  @Test func `each transaction begins where the one before ended`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(100_000)
      let hold = try await scene.hold(60_000)
      try await scene.refund(5_000, number: 2)
      try await scene.capture(hold, 30_000)
      let list = try await scene.wallet.call("ListTransactions", query: [("limit", "2")], caller: .user(scene.buyer))
      #expect(list.data.array?.compactMap { $0["balanceAfter"]?.int } == [75_000, 105_000])
      #expect(list.data.array?.compactMap { $0["balanceBefore"]?.int } == [105_000, 100_000])
      let cursor = try #require(list.json["meta"]?["nextCursor"]?.string)
      let rest = try await scene.wallet.call(
        "ListTransactions", query: [("limit", "2"), ("cursor", cursor)], caller: .user(scene.buyer))
      #expect(rest.data.array?.compactMap { $0["balanceAfter"]?.int } == [100_000])
      #expect(rest.json["meta"]?["nextCursor"]?.isNull == true)
      let credits = try await scene.wallet.call(
        "ListTransactions", query: [("direction", "credit"), ("type", "refund")], caller: .user(scene.buyer))
      #expect(credits.data.array?.count == 2)
    }
  }
}
