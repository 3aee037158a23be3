import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct ConcurrencyTests {
  @Test func `requests for the same orders at once make one bill`() async throws {
    try await PaymentScene.run { scene in
      let replies = try await withThrowingTaskGroup { group in
        for number in 0..<6 {
          // Half of them name the orders the other way round.
          var request = try #require(scene.request(100_000, 50_000).object)
          if number % 2 == 1 { request["orders"] = .array(try #require(request["orders"]?.array).reversed()) }
          let body = JSON.object(request)
          group.addTask { try await scene.create(body, key: "k\(number)") }
        }
        return try await group.reduce(into: [TestReply]()) { $0.append($1) }
      }
      #expect(replies.allSatisfy { [201, 202].contains($0.status) })
      #expect(try await scene.statuses() == ["awaiting_payment", "awaiting_payment"])
      #expect(scene.xendit.invoices.count == 1)
    }
  }

  @Test func `webhook and job about the same money take it once`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000, 50_000))
      scene.xendit.change(["status": "PAID"])
      scene.wait(.hours(25))
      try await withThrowingTaskGroup { group in
        for _ in 0..<3 {
          group.addTask { try await scene.deliver("PAID") }
          group.addTask { try await scene.payment.fire("ExpirePayments") }
        }
        try await group.waitForAll()
      }
      #expect(try await scene.statuses() == ["paid", "paid"])
      #expect(try await scene.payment.events("payment.paid").count == 2)
      #expect(try await scene.payment.events("refund.requested").isEmpty)
      #expect(try await scene.balances()["asset:xendit"] == 156_350)
    }
  }
}
