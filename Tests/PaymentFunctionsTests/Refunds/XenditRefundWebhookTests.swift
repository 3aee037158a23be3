import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct XenditRefundWebhookTests {
  private static func sent(
    _ body: @escaping @Sendable (PaymentScene) async throws -> Void
  ) async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      scene.xendit.letRefundsBecome("PENDING")
      #expect(try await scene.refund("item_defective").data["status"] == "processing")
      try await body(scene)
    }
  }

  @Test(arguments: [false, true])
  func `money that went back completes the refund, once`(isNested: Bool) async throws {
    try await Self.sent { scene in
      for _ in 0..<2 { try await scene.deliverRefund("refund.succeeded", nested: isNested) }
      #expect(try await scene.refundStatuses() == ["completed"])
      #expect(try await scene.statuses() == ["refunded"])
      #expect(try await scene.payment.events("refund.completed").count == 1)
      #expect(try await scene.balances().values.allSatisfy { $0 == 0 })
    }
  }

  @Test func `one that failed is owed all the same`() async throws {
    try await Self.sent { scene in
      try await scene.deliverRefund("refund.failed")
      #expect(try await scene.refundStatuses() == ["failed"])
      #expect(try await scene.payment.events("refund.failed").map { $0.data["failureCode"] } == ["REFUND_FAILED"])
      #expect(try await scene.balances()["liab:refund"] == -104_900)
      #expect(try await scene.payment.one("select refund_reserved from payment", as: Int.self) == 104_900)
    }
  }

  @Test func `success after failure wins`() async throws {
    try await Self.sent { scene in
      try await scene.deliverRefund("refund.failed")
      try await scene.deliverRefund("refund.succeeded")
      #expect(try await scene.refundStatuses() == ["completed"])
      #expect(try await scene.inbox().suffix(2) == ["processed", "processed"])
    }
  }

  @Test func `failure after success is for a person to read`() async throws {
    try await Self.sent { scene in
      try await scene.deliverRefund("refund.succeeded")
      try await scene.deliverRefund("refund.failed")
      #expect(try await scene.refundStatuses() == ["completed"])
      #expect(try await scene.inbox().last == "parked")
    }
  }

  @Test func `an attempt that succeeds after another one took its place is for a person to read`() async throws {
    try await Self.sent { scene in
      try await scene.deliverRefund("refund.failed")
      let id = try #require(try await scene.payment.events("refund.failed").first?.data["refundId"]?.string)
      let finance = Caller(userID: sampleID(51), role: .financeAdmin, isPrivileged: true)
      let body: JSON = ["method": "wallet"]
      _ = try await scene.payment.call("RetryRefund", path: [("id", id)], body: body, caller: finance)
      try await scene.deliverRefund("refund.succeeded")
      #expect(try await scene.inbox().last == "parked")
      #expect(try await scene.payment.events("refund.completed").map { $0.data["method"] } == ["wallet"])
    }
  }

  @Test(arguments: [
    [("reference_id", JSON.string("REF-20260101-XXXXX-1")), ("id", "rfd-unknown")], [("currency", "USD")],
    [("amount", 1)], [("amount", .number(JSONNumber("104900.5")!))], [("id", "rfd-other")],
  ])
  func `what makes no sense is parked and changes nothing`(changes: [(String, JSON)]) async throws {
    try await Self.sent { scene in
      try await scene.deliverRefund("refund.succeeded", changes: changes)
      #expect(try await scene.refundStatuses() == ["processing"])
      #expect(try await scene.inbox().last == "parked")
    }
  }

  @Test func `a webhook that overtakes the provider's answer counts`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      scene.xendit.become(.losesAnswers)
      #expect(try await scene.refund("item_defective").data["status"] == "processing")
      try await scene.deliverRefund("refund.succeeded")
      #expect(try await scene.refundStatuses() == ["completed"])
    }
  }
}
