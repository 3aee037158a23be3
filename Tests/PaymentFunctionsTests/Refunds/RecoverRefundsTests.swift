import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct RecoverRefundsTests {
  private static func recover(_ scene: PaymentScene, after wait: Duration = .seconds(61)) async throws {
    scene.wait(wait)
    try await scene.payment.fire("RecoverGatewayCalls")
  }

  @Test func `a refund whose answer was lost is adopted, not asked for again`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      scene.xendit.become(.losesAnswers)
      try await scene.refund("item_defective")
      scene.xendit.become(.well)
      try await Self.recover(scene)
      #expect(try await scene.refundStatuses() == ["completed"])
      #expect(scene.xendit.calls.filter { $0 == "POST /refunds" }.count == 1)
    }
  }

  @Test func `one that never arrived is asked for again, under the same key`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      scene.xendit.become(.down)
      #expect(try await scene.refund("item_defective").data["status"] == "processing")
      scene.xendit.become(.well)
      try await Self.recover(scene, after: .seconds(30))
      #expect(scene.xendit.refunds.isEmpty)
      try await Self.recover(scene)
      #expect(scene.xendit.refunds.map { $0["reference_id"]?.string?.suffix(2) } == ["-1"])
      #expect(try await scene.refundStatuses() == ["completed"])
    }
  }

  @Test(arguments: ["REFUND_IN_PROGRESS", "TEMPORARILY_UNAVAILABLE"])
  func `what passes by itself fails nothing`(code: String) async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      scene.xendit.become(.refuses(code: code))
      try await scene.refund("item_defective")
      #expect(try await scene.refundStatuses() == ["processing"])
      scene.xendit.become(.well)
      try await Self.recover(scene)
      #expect(try await scene.refundStatuses() == ["completed"])
    }
  }

  @Test func `one that the provider keeps silent about is asked after`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      scene.xendit.letRefundsBecome("PENDING")
      try await scene.refund("item_defective")
      scene.xendit.endRefund("SUCCEEDED")
      try await Self.recover(scene)
      #expect(try await scene.refundStatuses() == ["processing"])
      try await Self.recover(scene, after: .minutes(30))
      #expect(try await scene.refundStatuses() == ["completed"])
    }
  }

  @Test func `money that came too late goes back by itself`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      try await scene.deliver("EXPIRED")
      try await scene.deliver("PAID")
      try await Self.recover(scene)
      #expect(scene.xendit.refunds.map { $0["amount"] } == [104_900])
      #expect(try await scene.statuses() == ["refunded"])
      #expect(try await scene.payment.events("payment.paid").isEmpty)
      #expect(try await scene.payment.events("payment.late_captured").count == 1)
      #expect(try await scene.payment.events("refund.completed").map { $0.data["isFull"] } == [true])
      #expect(try await scene.balances().values.allSatisfy { $0 == 0 })
    }
  }

  @Test func `the second money of a buyer who paid twice goes back, and the order stays paid`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      try await scene.deliver("PAID", money: "ewc_2")
      try await Self.recover(scene)
      #expect(try await scene.refundStatuses() == ["completed"])
      #expect(try await scene.statuses() == ["paid"])
      #expect(try await scene.balances()["asset:xendit"] == 104_900)
      try await scene.cancelOrder()
      try await Self.recover(scene)
      #expect(try await scene.statuses() == ["refunded"])
      #expect(try await scene.balances().values.allSatisfy { $0 == 0 })
    }
  }

  @Test func `requests, webhooks and jobs about one refund send it once`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      try await scene.cancelOrder()
      scene.wait(.seconds(1))
      try await withThrowingTaskGroup { group in
        for _ in 0..<3 {
          group.addTask { try await scene.payment.fire("RecoverGatewayCalls") }
          group.addTask { try await scene.cancelOrder() }
        }
        try await group.waitForAll()
      }
      #expect(scene.xendit.refunds.count == 1)
      #expect(try await scene.payment.events("refund.completed").count == 1)
      #expect(try await scene.balances().values.allSatisfy { $0 == 0 })
    }
  }

  @Test func `refunds at once never give back more than was paid`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      let replies = try await withThrowingTaskGroup { group in
        for number in 0..<6 {
          group.addTask { try await scene.refund("other", [("amount", 30_000)], key: "k\(number)") }
        }
        return try await group.reduce(into: [TestReply]()) { $0.append($1) }
      }
      #expect(replies.filter { $0.status == 201 }.count == 3)
      #expect(replies.filter { $0.code == "refund_exceeds_paid" }.count == 3)
    }
  }
}
