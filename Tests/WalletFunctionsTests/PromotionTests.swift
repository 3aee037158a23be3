import FunctionKit
import FunctionTesting
import Testing

@testable import WalletFunctions

@Suite struct PromotionTests {
  @Test func `what is left of a lot expires`() async throws {
    try await WalletScene.run { scene in
      try await scene.grant(10_000, days: 10)
      let hold = try await scene.hold(6_000, order: 6_000)
      try await scene.capture(hold)
      try await scene.wallet.fire("ExpirePromos")
      #expect(try await scene.balances() == .init(0, 4_000))
      scene.wait(.days(11))
      try await scene.wallet.fire("ExpirePromos")
      try await scene.wallet.fire("ExpirePromos")
      #expect(try await scene.balances() == .init(0))
      #expect(try await scene.transactions().last == "expiry debit 4000")
      // 10,000 given, 4,000 taken back.
      #expect(try await scene.account("exp:promo") == 6_000)
    }
  }

  @Test func `a campaign never gives more than its budget, nor a user twice`() async throws {
    try await WalletScene.run { scene in
      let campaign = try await scene.grant(10_000, budget: 45_000)
      let users = (0..<8).map { sampleID(900 + $0) }
      let replies = try await withThrowingTaskGroup { group in
        for user in users + users { group.addTask { try await scene.award(campaign, [user]) } }
        return try await group.reduce(into: [TestReply]()) { $0.append($1) }
      }
      #expect(replies.filter { $0.data["awarded"] == 1 }.count == 3)
      #expect(replies.contains { $0.code == "budget_exhausted" })
      let spent: Int = try await scene.wallet.one("select spent from promotional_credit")
      #expect(spent == 40_000)
      let doubled: Int = try await scene.wallet.one(
        "select count(*) from (select from wallet_transaction group by wallet_id having count(*) > 1) doubled")
      #expect(doubled == 0)
      await #expect(throws: DatabaseError.self) {
        try await scene.wallet.write("update promotional_credit set spent = budget + 1")
      }
      await #expect(throws: DatabaseError.self) {
        try await scene.wallet.write("update promotional_credit set max_awards = 1")
      }
    }
  }

  @Test func `a list goes as far as the budget`() async throws {
    try await WalletScene.run { scene in
      let campaign = try await scene.grant(10_000, budget: 30_000)
      let users = [scene.buyer, sampleID(901), sampleID(901), sampleID(902), sampleID(903)]
      let reply = try await scene.award(campaign, users)
      #expect(reply.data["awarded"] == 2)
      #expect(reply.data["skipped"] == 2)
      #expect(try await scene.award(campaign, [sampleID(904)]).code == "budget_exhausted")
    }
  }

  @Test func `a reward of another service is within a campaign's budget, once per user and reference`() async throws {
    try await WalletScene.run { scene in
      let campaign = try await scene.grant(10_000, budget: 25_000)
      func reward(_ user: ID, _ amount: Int, reference: Int, campaign: ID? = nil) async throws -> TestReply {
        var body: JSONObject = [
          "kind": "buyer", "ownerId": .id(user), "type": "promotional", "amount": .int(amount),
          "referenceId": .id(sampleID(reference)),
        ]
        if let campaign { body["campaignId"] = .id(campaign) }
        return try await scene.wallet.call(
          "CreditWallet", body: .object(body), caller: .service, key: "\(scene.wallet.newID())")
      }
      #expect(try await reward(sampleID(901), 5_000, reference: 1).code == "validation_failed")
      let first = try await reward(sampleID(901), 5_000, reference: 1, campaign: campaign)
      #expect(first.status == 201)
      #expect(try await reward(sampleID(901), 5_000, reference: 1, campaign: campaign).data == first.data)
      #expect(try await reward(sampleID(901), 5_000, reference: 2, campaign: campaign).code == "already_awarded")
      #expect(try await reward(sampleID(902), 10_001, reference: 3, campaign: campaign).code == "budget_exhausted")
      let list = try await scene.wallet.call("ListPromos", caller: .user(sampleID(901)))
      #expect(list.data[0]?["remaining"] == 5_000)
    }
  }

  @Test func `a campaign is changed by who has seen it, and not below what it gave`() async throws {
    try await WalletScene.run { scene in
      let campaign = try await scene.grant(10_000, budget: 30_000)
      func update(_ body: JSON, _ version: String) async throws -> TestReply {
        try await scene.wallet.call(
          "UpdatePromotion", path: [("id", "\(campaign)")], body: body, caller: scene.admin,
          headers: ["if-match": version])
      }
      #expect(try await update(["budget": 9_999], "\"0\"").code == "validation_failed")
      #expect(try await update(["isActive": false], "\"0\"").data["isActive"] == false)
      #expect(try await update(["isActive": true], "\"0\"").code == "stale_version")
      #expect(try await scene.award(campaign, [sampleID(901)]).code == "budget_exhausted")
      let list = try await scene.wallet.call("ListPromotions", query: [("activeOnly", "true")], caller: scene.admin)
      #expect(list.data.array?.isEmpty == true)
    }
  }
}
