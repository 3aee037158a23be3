import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

/// Money that goes back to a bank account, by a payout.
@Suite struct BankRefundTests {
  private static let account: JSON = ["code": "ID_BCA", "accountNumber": "0123456789", "holder": "Sari"]
  private static let finance = Caller(userID: sampleID(51), role: .financeAdmin, isPrivileged: true)

  /// A paid order, a refund of it that waits for an account, and a bank.
  private static func run(
    _ body: @escaping @Sendable (PaymentScene, FakeBank, _ refund: String) async throws -> Void
  ) async throws {
    try await PaymentScene.run { scene in
      let bank = FakeBank()
      let xendit = scene.xendit
      scene.payment.on("xendit") { request in
        try request.path.hasPrefix("/v2/payouts") ? bank.answer(request) : xendit.answer(request)
      }
      try await scene.pay(100_000, by: "BCA")
      let reply = try await scene.refund("item_defective", [("method", "bank_transfer")])
      #expect(reply.data["awaitsAccount"] == true)
      try await body(scene, bank, try #require(reply.data["id"]?.string))
    }
  }

  private static func name(_ account: JSON, for refund: String, _ scene: PaymentScene) async throws -> TestReply {
    try await scene.payment.call(
      "SetRefundAccount", path: [("id", refund)], body: ["bank": account], caller: .user(scene.buyer))
  }

  private static func deliver(_ status: String, _ bank: FakeBank, _ scene: PaymentScene) async throws {
    var data = JSONObject(bank.payouts.last?.map { ($0.key, $0.value) } ?? [])
    data["status"] = .string(status)
    if status == "FAILED" { data["failure_code"] = "INVALID_DESTINATION" }
    try await scene.payment.receive(
      "XenditPayoutWebhook", body: ["event": .string("payout.\(status.lowercased())"), "data": .object(data)])
  }

  @Test func `the buyer names an account, and has the money once the bank does`() async throws {
    try await Self.run { scene, bank, id in
      let reply = try await Self.name(Self.account, for: id, scene)
      #expect(reply.data["status"] == "processing" && reply.data["bankAccountLast4"] == "6789")
      #expect(bank.payouts.map { $0["amount"] } == [104_900])
      #expect(try await Self.name(Self.account, for: id, scene).code == "invalid_state")
      for _ in 0..<2 { try await Self.deliver("SUCCEEDED", bank, scene) }
      #expect(try await scene.refundStatuses() == ["completed"])
      #expect(try await scene.statuses() == ["refunded"])
      #expect(try await scene.balances().values.allSatisfy { $0 == 0 })
    }
  }

  @Test func `an account that is wrong is asked for again, and the money goes to the right one`() async throws {
    try await Self.run { scene, bank, id in
      _ = try await Self.name(Self.account, for: id, scene)
      try await Self.deliver("FAILED", bank, scene)
      let failed = try await scene.payment.call("GetRefund", path: [("id", id)], caller: .user(scene.buyer))
      #expect(failed.data["status"] == "failed" && failed.data["awaitsAccount"] == true)
      #expect(try await scene.balances()["liab:refund"] == -104_900)
      let other: JSON = ["code": "ID_BRI", "accountNumber": "99999", "holder": "Sari"]
      #expect(try await Self.name(other, for: id, scene).data["status"] == "processing")
      #expect(bank.payouts.map { $0["channel_code"] } == ["ID_BCA", "ID_BRI"])
      try await Self.deliver("SUCCEEDED", bank, scene)
      #expect(try await scene.refundStatuses() == ["completed"])
      #expect(try await scene.balances().values.allSatisfy { $0 == 0 })
    }
  }

  @Test func `what the bank refused may go to the wallet, and then no payout brings it again`() async throws {
    try await Self.run { scene, bank, id in
      _ = try await Self.name(Self.account, for: id, scene)
      try await Self.deliver("FAILED", bank, scene)
      let wallet = try await scene.payment.call(
        "RetryRefund", path: [("id", id)], body: ["method": "wallet"], caller: Self.finance)
      #expect(wallet.data["status"] == "completed")
      let payout = try await scene.payment.one("select id::text from payout", as: String.self)
      let again = try await scene.payment.call("RetryPayout", path: [("id", payout)], caller: Self.finance)
      #expect(again.code == "invalid_state")
      #expect(bank.payouts.count == 1)
      #expect(try await scene.balances()["clearing:wallet"] == -104_900)
    }
  }

  @Test func `an account that the bank can't be is refused, and nobody can read one in the database`() async throws {
    try await Self.run { scene, _, id in
      let nobody: JSON = ["code": "ID_NOBODY", "accountNumber": "0123456789", "holder": "Sari"]
      #expect(try await Self.name(nobody, for: id, scene).code == "channel_disabled")
      _ = try await Self.name(Self.account, for: id, scene)
      let stored = try await scene.payment.one(
        "select encode(bank_account_enc, 'escape') from refund", as: String.self)
      #expect(!stored.contains("0123456789") && !stored.contains("Sari"))
    }
  }

  @Test func `one whose sending was cut off is sent by the job`() async throws {
    try await Self.run { scene, bank, id in
      bank.become(.down)
      #expect(try await Self.name(Self.account, for: id, scene).data["status"] == "processing")
      bank.become(.well)
      scene.wait(.seconds(61))
      try await scene.payment.fire("RecoverGatewayCalls")
      #expect(bank.payouts.count == 1)
    }
  }
}
