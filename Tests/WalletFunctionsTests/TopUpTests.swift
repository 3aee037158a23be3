import FunctionKit
import FunctionTesting
import Testing

@testable import WalletFunctions

@Suite struct TopUpTests {
  private static func topUp(_ scene: WalletScene, _ amount: Int, key: String = "k") async throws -> TestReply {
    try await scene.wallet.call(
      "CreateTopUp", body: ["amount": .int(amount)], caller: .user(scene.buyer), key: key)
  }

  private static func tell(
    _ scene: WalletScene, _ reply: TestReply, amount: Int, _ function: String = "ApplyTopUp"
  ) async throws {
    let isPaid = function == "ApplyTopUp"
    try await scene.wallet.handle(
      function, type: isPaid ? "wallet_topup.paid" : "wallet_topup.failed",
      data: [
        "topupId": reply.data["topup"]?["id"] ?? .null, "paymentId": .id(sampleID(9)), "amount": .int(amount),
        "reason": "expired",
      ])
  }

  private static func status(_ scene: WalletScene) async throws -> String {
    try await scene.wallet.one("select status from topup")
  }

  @Test func `money is paid by an invoice and comes once`() async throws {
    try await WalletScene.run { scene in
      let made = try await Self.topUp(scene, 100_000)
      #expect(made.status == 201)
      #expect(made.data["paymentUrl"]?.string?.hasPrefix("https://pay.test/") == true)
      #expect(made.data["fee"] == 2_290)
      #expect(scene.payment.topUps.first?.key == made.data["topup"]?["id"]?.string)
      try await Self.tell(scene, made, amount: 100_000)
      try await Self.tell(scene, made, amount: 100_000)
      #expect(try await scene.balances() == .init(100_000))
      #expect(try await scene.wallet.events("wallet.credited").first?.data["type"] == "topup")
      #expect(try await scene.account("clearing:payment") == 100_000)
      let list = try await scene.wallet.call("ListTopUps", query: [("status", "paid")], caller: .user(scene.buyer))
      #expect(list.data.array?.count == 1)
    }
  }

  @Test func `after a lost answer the same key gives the same top-up and the same payment`() async throws {
    try await WalletScene.run { scene in
      scene.payment.loseAnswers(2)
      let lost = try await Self.topUp(scene, 100_000)
      #expect(lost.status == 503)
      #expect(lost.code == "payment_unavailable")
      let made = try await Self.topUp(scene, 100_000)
      #expect(made.status == 201)
      #expect(scene.payment.topUps.count == 1)
      let count: Int = try await scene.wallet.one("select count(*) from topup")
      #expect(count == 1)
    }
  }

  @Test func `while there is no invoice, the same key asks for it again`() async throws {
    try await WalletScene.run { scene in
      scene.payment.haveInvoices(false)
      let first = try await Self.topUp(scene, 100_000)
      #expect(first.status == 201)
      #expect(first.data["paymentUrl"]?.isNull == true)
      scene.payment.haveInvoices(true)
      let again = try await Self.topUp(scene, 100_000)
      #expect(again.data["paymentUrl"]?.string?.hasPrefix("https://pay.test/") == true)
      #expect(again.data["topup"]?["id"] == first.data["topup"]?["id"])
      #expect(scene.payment.topUps.count == 1)
    }
  }

  @Test func `too little, too much, and beyond what a wallet may hold`() async throws {
    try await WalletScene.run { scene in
      #expect(try await Self.topUp(scene, 9_999, key: "a").code == "amount_out_of_range")
      #expect(try await Self.topUp(scene, 20_000_001, key: "b").code == "amount_out_of_range")
      try await scene.refund(19_000_000)
      #expect(try await Self.topUp(scene, 1_000_001, key: "c").code == "balance_ceiling")
      #expect(try await Self.topUp(scene, 1_000_000, key: "d").status == 201)
    }
  }

  @Test func `what is refused has failed, what nobody pays expires, and money that comes all the same counts`()
    async throws
  {
    try await WalletScene.run { scene in
      let made = try await Self.topUp(scene, 100_000)
      try await Self.tell(scene, made, amount: 100_000, "CloseTopUp")
      #expect(try await Self.status(scene) == "expired")
      try await Self.tell(scene, made, amount: 100_000)
      #expect(try await Self.status(scene) == "paid")
      #expect(try await scene.balances() == .init(100_000))
      try await Self.tell(scene, made, amount: 100_000, "CloseTopUp")
      #expect(try await Self.status(scene) == "paid")
    }
    try await WalletScene.run { scene in
      scene.payment.refuse(with: Problem(422, "channel_disabled", "closed"))
      let refused = try await Self.topUp(scene, 100_000)
      #expect(refused.code == "channel_disabled")
      #expect(try await Self.status(scene) == "failed")
    }
  }

  @Test func `one that is not paid can be cancelled, one that is can't`() async throws {
    try await WalletScene.run { scene in
      func cancel(_ made: TestReply) async throws -> TestReply {
        try await scene.wallet.call(
          "CancelTopUp", path: [("id", made.data["topup"]?["id"]?.string ?? "")], body: [:], caller: .user(scene.buyer))
      }
      let first = try await Self.topUp(scene, 100_000, key: "a")
      #expect(try await cancel(first).data["status"] == "cancelled")
      #expect(try await cancel(first).data["status"] == "cancelled")
      #expect(scene.payment.cancelled.count == 1)
      let second = try await Self.topUp(scene, 100_000, key: "b")
      scene.payment.refuse(with: Problem(409, "already_collected", "paid"))
      #expect(try await cancel(second).code == "already_collected")
      scene.payment.refuse(with: nil)
      try await Self.tell(scene, second, amount: 100_000)
      #expect(try await cancel(second).code == "invalid_state")
    }
  }

  @Test func `a bonus is promotional credit`() async throws {
    try await WalletScene.run { scene in
      let made = try await Self.topUp(scene, 100_000)
      try await scene.wallet.write("update topup set bonus_amount = 5000")
      try await Self.tell(scene, made, amount: 100_000)
      #expect(try await scene.balances() == .init(100_000, 5_000))
      #expect(try await scene.account("exp:promo") == 5_000)
    }
  }
}
