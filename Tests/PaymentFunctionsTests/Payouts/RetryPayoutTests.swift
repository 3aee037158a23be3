import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct `Trying a payout again` {
  private static let passing = "TEMPORARY_TRANSFER_ERROR"

  @Test func `happens by itself after two hours, three times, and nobody is told before`() async throws {
    try await PayoutScene.run { scene in
      try await scene.create()
      for attempt in 1...3 {
        try await scene.deliver("FAILED", failure: Self.passing)
        scene.wait(.minutes(119))
        try await scene.payment.fire("RecoverGatewayCalls")
        #expect(scene.bank.payouts.count == attempt)
        scene.wait(.minutes(1))
        try await scene.payment.fire("RecoverGatewayCalls")
        #expect(scene.bank.payouts.count == attempt + 1)
      }
      #expect(try await scene.told() == [])
      #expect(try await scene.balances() == ["clearing:wallet": 1_250_000, "liab:payout": -1_250_000])
      try await scene.deliver("FAILED", failure: Self.passing)
      scene.wait(.hours(3))
      try await scene.payment.fire("RecoverGatewayCalls")
      #expect(scene.bank.payouts.count == 4)
      #expect(try await scene.told() == ["payout.failed \(Self.passing)"])
      #expect(try await scene.balances() == [:])
    }
  }

  @Test func `each attempt has a key of its own`() async throws {
    try await PayoutScene.run { scene in
      try await scene.create()
      try await scene.deliver("FAILED", failure: Self.passing)
      #expect(try await scene.retry().data["status"] == "accepted")
      #expect(Set(scene.bank.payouts.map { $0["reference_id"]?.string }).count == 2)
      try await scene.deliver("SUCCEEDED")
      #expect(try await scene.told() == ["payout.completed"])
      #expect(try await scene.balances() == ["clearing:wallet": 1_250_000, "asset:xendit": -1_250_000])
    }
  }

  @Test func `a success of the attempt before is for a person`() async throws {
    try await PayoutScene.run { scene in
      try await scene.create()
      try await scene.deliver("FAILED", failure: Self.passing)
      _ = try await scene.retry()
      try await scene.deliver("SUCCEEDED", of: 0)
      #expect(try await scene.inbox() == ["processed", "parked"])
      #expect(try await scene.status() == ["accepted"])
    }
  }

  @Test func `a withdrawal whose money is back in the wallet is not paid as well`() async throws {
    try await PayoutScene.run { scene in
      try await scene.create()
      try await scene.deliver("FAILED", failure: "INVALID_DESTINATION")
      let reply = try await scene.retry()
      #expect(reply.status == 409)
      #expect(reply.code == "already_returned")
      #expect(scene.bank.payouts.count == 1)
    }
  }

  @Test func `only what has failed is tried again`() async throws {
    try await PayoutScene.run { scene in
      try await scene.create()
      let reply = try await scene.retry()
      #expect(reply.status == 409)
      #expect(reply.code == "invalid_state")
    }
  }

  @Test func `a sponsorship's is booked anew after it came back`() async throws {
    try await PayoutScene.run { scene in
      try await scene.create()
      try await scene.payment.write("update payout set kind = 'bazaar_sponsorship'")
      try await scene.deliver("FAILED", failure: "INVALID_DESTINATION")
      #expect(try await scene.retry().status == 200)
      try await scene.deliver("SUCCEEDED")
      #expect(try await scene.balances()["asset:xendit"] == -1_250_000)
    }
  }
}
