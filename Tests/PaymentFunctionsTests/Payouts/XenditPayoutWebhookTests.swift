import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct `A payout's webhook` {
  private static let gone = ["clearing:wallet": 1_250_000, "asset:xendit": -1_250_000]

  @Test func `success takes the money from the provider's account, once`() async throws {
    try await PayoutScene.run { scene in
      try await scene.create()
      for _ in 0..<2 { try await scene.deliver("SUCCEEDED") }
      #expect(try await scene.status() == ["succeeded"])
      #expect(try await scene.told() == ["payout.completed"])
      #expect(try await scene.balances() == Self.gone)
      #expect(try await scene.inbox() == ["processed"])
    }
  }

  @Test func `failure undoes what was on its way`() async throws {
    try await PayoutScene.run { scene in
      try await scene.create()
      try await scene.deliver("FAILED", failure: "INVALID_DESTINATION")
      #expect(try await scene.status() == ["failed"])
      #expect(try await scene.told() == ["payout.failed INVALID_DESTINATION"])
      #expect(try await scene.balances() == [:])
    }
  }

  @Test func `a reversal after success brings the money back`() async throws {
    try await PayoutScene.run { scene in
      try await scene.create()
      try await scene.deliver("SUCCEEDED")
      try await scene.deliver("REVERSED")
      #expect(try await scene.status() == ["reversed"])
      #expect(try await scene.told() == ["payout.completed", "payout.failed REVERSED after all"])
      #expect(try await scene.balances() == [:])
    }
  }

  @Test func `a success that comes after the reversal does not win`() async throws {
    try await PayoutScene.run { scene in
      try await scene.create()
      try await scene.deliver("REVERSED")
      try await scene.deliver("SUCCEEDED")
      #expect(try await scene.status() == ["reversed"])
      #expect(try await scene.told() == ["payout.failed REVERSED"])
      #expect(try await scene.inbox() == ["processed", "ignored"])
      #expect(try await scene.balances() == [:])
    }
  }

  @Test func `a success after a failure is for a person`() async throws {
    try await PayoutScene.run { scene in
      try await scene.create()
      try await scene.deliver("FAILED", failure: "TRANSFER_ERROR")
      try await scene.deliver("SUCCEEDED")
      #expect(try await scene.inbox() == ["processed", "parked"])
      #expect(try await scene.told() == ["payout.failed TRANSFER_ERROR"])
    }
  }

  @Test func `one that is quicker than the answer counts`() async throws {
    try await PayoutScene.run { scene in
      scene.bank.become(.losesAnswers)
      try await scene.create()
      try await scene.deliver("SUCCEEDED")
      #expect(try await scene.status() == ["succeeded"])
      #expect(try await scene.balances() == Self.gone)
      scene.bank.become(.well)
      scene.wait(.seconds(61))
      try await scene.payment.fire("RecoverGatewayCalls")
      #expect(try await scene.told() == ["payout.completed"])
    }
  }

  @Test func `another amount, or a payout of nobody, is for a person`() async throws {
    try await PayoutScene.run { scene in
      try await scene.create()
      scene.bank.change(["amount": 1_250_001])
      try await scene.deliver("SUCCEEDED")
      scene.bank.change(["amount": 1_250_000, "id": "disb-9", "reference_id": "someone-elses"])
      try await scene.deliver("SUCCEEDED")
      #expect(try await scene.inbox() == ["parked", "parked"])
      #expect(try await scene.status() == ["accepted"])
    }
  }

  @Test func `what the provider never tells is asked for`() async throws {
    try await PayoutScene.run { scene in
      try await scene.create()
      scene.bank.change(["status": "COMPLIANCE_REJECTED"])
      scene.wait(.minutes(29))
      try await scene.payment.fire("PollPayouts")
      #expect(try await scene.status() == ["accepted"])
      scene.wait(.minutes(1))
      try await scene.payment.fire("PollPayouts")
      #expect(try await scene.told() == ["payout.failed COMPLIANCE_REJECTED"])
      #expect(try await scene.balances() == [:])
    }
  }

  @Test(arguments: ["CANCELLED", "LOCKED", "SOMETHING_NEW"])
  func `polling ends what was cancelled, and nothing that is not final`(status: String) async throws {
    try await PayoutScene.run { scene in
      try await scene.create()
      scene.bank.change(["status": .string(status)])
      scene.wait(.minutes(31))
      try await scene.payment.fire("PollPayouts")
      #expect(try await scene.status() == [status == "CANCELLED" ? "cancelled" : "accepted"])
      #expect(try await scene.told() == (status == "CANCELLED" ? ["payout.failed CANCELLED"] : []))
    }
  }
}
