import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct RefundDecisionTests {
  private static let agent = Caller(userID: sampleID(50), role: .supportAgent, isPrivileged: true)
  private static let finance = Caller(userID: sampleID(51), role: .financeAdmin, isPrivileged: true)

  private static func decide(
    _ function: String, _ id: String, _ body: JSON? = nil, by caller: Caller, version: Int = 0, _ scene: PaymentScene
  ) async throws -> TestReply {
    try await scene.payment.call(
      function, path: [("id", id)], body: body, caller: caller, headers: ["if-match": "\"\(version)\""])
  }

  private static func requested(_ amount: Int, _ scene: PaymentScene) async throws -> String {
    let reply = try await scene.refund("other", [("amount", .number(JSONNumber(amount)))], by: agent)
    #expect(reply.data["status"] == "pending")
    return try #require(reply.data["id"]?.string)
  }

  @Test func `what support asks for waits for somebody's consent, and then goes back`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(2_000_000)
      let id = try await Self.requested(1_000_000, scene)
      #expect(scene.xendit.refunds.isEmpty)
      #expect(try await Self.decide("ApproveRefund", id, by: Self.agent, version: 7, scene).status == 412)
      let reply = try await Self.decide("ApproveRefund", id, by: Self.agent, scene)
      #expect(reply.data["status"] == "completed")
      #expect(reply.data["approvedBy"]?.string == sampleID(50).description)
      let again = try await Self.decide("ApproveRefund", id, by: Self.agent, version: 3, scene)
      #expect(again.status == 409 && again.code == "invalid_state")
    }
  }

  @Test func `support decides up to a limit, finance beyond it`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(2_000_000)
      let id = try await Self.requested(1_000_001, scene)
      let refused = try await Self.decide("ApproveRefund", id, by: Self.agent, scene)
      #expect(refused.status == 403 && refused.code == "over_limit")
      #expect(try await Self.decide("RejectRefund", id, ["reason": "nope"], by: Self.agent, scene).code == "over_limit")
      #expect(try await Self.decide("ApproveRefund", id, by: Self.finance, scene).data["status"] == "completed")
    }
  }

  @Test func `what is rejected can be asked for again`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      let id = try await Self.requested(100_000, scene)
      #expect(try await scene.refund("item_defective", [("amount", 4901)], key: "s").code == "refund_exceeds_paid")
      let reply = try await Self.decide("RejectRefund", id, ["reason": "no proof"], by: Self.agent, scene)
      #expect(reply.data["status"] == "rejected" && reply.data["rejectionReason"] == "no proof")
      #expect(try await scene.payment.events("refund.rejected").map { $0.data["reason"] } == ["no proof"])
      #expect(try await scene.payment.one("select refund_reserved from payment", as: Int.self) == 0)
      #expect(try await scene.refund("item_defective", key: "t").data["amount"] == 104_900)
      #expect(try await Self.decide("ApproveRefund", id, by: Self.finance, version: 1, scene).code == "invalid_state")
    }
  }

  @Test func `one that failed is tried again under another key, once`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      scene.xendit.become(.refuses(code: "INSUFFICIENT_BALANCE"))
      let refund = try await scene.refund("other")
      #expect(refund.data["status"] == "failed" && refund.data["awaitsAccount"] == false)
      #expect(
        try await scene.payment.events("refund.failed").map { $0.data["failureCode"] } == ["INSUFFICIENT_BALANCE"])
      scene.xendit.become(.well)
      let id = try #require(refund.data["id"]?.string)
      let reply = try await Self.decide("RetryRefund", id, [:], by: Self.finance, scene)
      #expect(reply.data["status"] == "completed" && reply.data["attempts"] == 2)
      #expect(scene.xendit.refunds.map { $0["reference_id"]?.string?.suffix(2) } == ["-2"])
      #expect(try await Self.decide("RetryRefund", id, [:], by: Self.finance, scene).code == "invalid_state")
      #expect(try await scene.balances()["liab:refund"] == 0)
    }
  }

  @Test func `what can't go back the way it came waits for the buyer, who may take it in the wallet`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      scene.xendit.become(.refuses(code: "REFUND_NOT_SUPPORTED"))
      let refund = try await scene.refund("item_defective")
      #expect(refund.data["status"] == "failed" && refund.data["awaitsAccount"] == true)
      let id = try #require(refund.data["id"]?.string)
      let body: JSON = ["method": "wallet"]
      let stranger = try await Self.decide("SetRefundAccount", id, body, by: .user(sampleID(66)), scene)
      #expect(stranger.status == 404)
      let reply = try await Self.decide("SetRefundAccount", id, body, by: .user(scene.buyer), scene)
      #expect(reply.data["status"] == "completed" && reply.data["walletPart"] == 104_900)
      #expect(try await scene.balances()["clearing:wallet"] == -104_900)
      #expect(try await Self.decide("SetRefundAccount", id, body, by: .user(scene.buyer), scene).status == 409)
    }
  }

  @Test func `what finance transfers by hand is done with`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000, by: "BCA")
      let refund = try await scene.refund("other", [("method", "bank_transfer")])
      #expect(refund.data["status"] == "approved" && refund.data["awaitsAccount"] == true)
      let id = try #require(refund.data["id"]?.string)
      let reply = try await Self.decide(
        "CompleteManualRefund", id, ["transferReference": "TRX 1"], by: Self.finance, scene)
      #expect(reply.data["status"] == "completed" && reply.data["transferReference"] == "TRX 1")
      #expect(try await scene.balances()["asset:xendit"] == 4900)
      let twice = try await Self.decide(
        "CompleteManualRefund", id, ["transferReference": "TRX 2"], by: Self.finance, scene)
      #expect(twice.code == "invalid_state")
    }
  }
}
