import FunctionKit
import FunctionTesting
import Testing

@testable import WalletFunctions

@Suite struct AdvertisingTests {
  private static func debit(_ scene: WalletScene, _ amount: Int, reference: Int = 300) async throws -> TestReply {
    try await scene.wallet.call(
      "DebitWallet",
      body: [
        "ownerId": .id(scene.seller), "type": "ad_spend", "amount": .int(amount), "referenceType": "ad_topup",
        "referenceId": .id(sampleID(reference)),
      ], caller: .service, key: "\(scene.wallet.newID())")
  }

  private static func reverse(_ scene: WalletScene, _ debit: TestReply, _ amount: Int? = nil) async throws -> TestReply
  {
    var body: JSONObject = ["reason": "campaign ended"]
    if let amount { body["amount"] = .int(amount) }
    return try await scene.wallet.call(
      "ReverseDebit", path: [("transactionId", debit.data["id"]?.string ?? "")], body: .object(body), caller: .service,
      key: "\(scene.wallet.newID())")
  }

  @Test func `too little is refused and changes nothing; enough is taken, and told by what it is for`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(150_000)
      #expect(try await Self.debit(scene, 200_000).code == "insufficient_balance")
      #expect(try await scene.wallet.events("wallet.debited").isEmpty)
      #expect(try await scene.balances(.seller) == .init(150_000))
      try await scene.settle(100_000, number: 2)
      #expect(try await Self.debit(scene, 200_000).status == 201)
      let told = try await scene.wallet.events("wallet.debited")
      #expect(told.map { $0.data["type"] } == ["ad_spend"])
      #expect(told.first?.data["referenceType"] == "ad_topup")
      #expect(told.first?.data["referenceId"] == .id(sampleID(300)))
      #expect(try await scene.account("rev:ad_spend") == -200_000)
    }
  }

  @Test func `the same thing is paid once, even by two requests at once`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(250_000)
      async let one = Self.debit(scene, 100_000)
      async let other = Self.debit(scene, 100_000)
      let replies = try await [one, other]
      #expect(replies.map(\.status) == [201, 201])
      #expect(replies[0].data == replies[1].data)
      #expect(try await Self.debit(scene, 50_000).code == "reference_reused")
      #expect(try await scene.balances(.seller) == .init(150_000))
    }
  }

  @Test func `what was not used comes back once`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(250_000)
      let debit = try await Self.debit(scene, 200_000)
      #expect(try await Self.reverse(scene, debit, 200_001).status == 422)
      let back = try await Self.reverse(scene, debit, 80_000)
      #expect(back.data["type"] == "ad_refund")
      #expect(back.data["reversesId"] == debit.data["id"])
      #expect(try await Self.reverse(scene, debit).code == "already_reversed")
      #expect(try await scene.balances(.seller) == .init(130_000))
      #expect(try await scene.account("rev:ad_spend") == -120_000)
    }
  }

  @Test func `credit goes back to a seller without a debit of theirs, once per reference`() async throws {
    try await WalletScene.run { scene in
      func credit(_ amount: Int) async throws -> TestReply {
        try await scene.wallet.call(
          "CreditWallet",
          body: [
            "kind": "seller", "ownerId": .id(scene.seller), "type": "ad_refund", "amount": .int(amount),
            "referenceId": .id(sampleID(310)),
          ], caller: .service, key: "\(scene.wallet.newID())")
      }
      #expect(try await credit(10_000).code == "not_found")
      let made = try await scene.wallet.call(
        "EnsureWallet", path: [("kind", "seller"), ("ownerId", "\(scene.seller)")],
        body: ["userId": .id(scene.sellerUser)], caller: .service)
      #expect(made.data["cash"] == 0)
      #expect(try await credit(1_000_001).code == "validation_failed")
      let first = try await credit(10_000)
      #expect(try await credit(10_000).data == first.data)
      #expect(try await credit(9_000).code == "reference_reused")
      #expect(try await scene.balances(.seller) == .init(10_000))
    }
  }
}
