import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct CancelledOrderTests {
  @Test func `all that was paid goes back with the fee, as if nothing had been sold`() async throws {
    try await PaymentScene.run { scene in
      try await scene.payThreeOrders()
      try await scene.cancelOrder()
      #expect(try await scene.refundStatuses() == ["approved"])
      scene.wait(.seconds(1))
      try await scene.payment.fire("RecoverGatewayCalls")
      let event = try #require(try await scene.payment.events("refund.completed").first)
      #expect(event.data["amount"] == 289_042 && event.data["isFull"] == true)
      #expect(event.data["feeAmount"] == 8714 && event.data["shippingAmount"] == 18_000)
      #expect(scene.xendit.refunds.map { $0["reason"] } == ["CANCELLATION"])
      #expect(try await scene.statuses() == ["refunded", "paid", "paid"])
      #expect(
        try await scene.payment.one("select count(*) from commission_ledger where status = 'refunded'", as: Int.self)
          == 1)
    }
  }

  @Test func `shipping that the courier has earned is the platform's loss`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000, shipping: 20_000, by: "BCA")
      try await scene.cancelOrder(wasShipped: true)
      #expect(
        try await scene.balances() == [
          "asset:xendit": 124_900, "clearing:wallet": -124_900, "liab:courier": -20_000, "exp:absorbed": 20_000,
          "liab:seller:\(scene.seller)": 0, "rev:buyer_fee": 0, "liab:refund": 0,
        ])
    }
  }

  @Test func `it is refunded once, however often it is told`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      for _ in 0..<3 { try await scene.cancelOrder() }
      #expect(try await scene.refundStatuses() == ["approved"])
    }
  }

  @Test func `what has gone back before does not go back again`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000, by: "BCA")
      try await scene.refund("other", [("amount", 30_000)])
      try await scene.cancelOrder()
      let amounts = try await scene.payment.events("refund.completed").map { $0.data["amount"] }
      #expect(amounts == [30_000, 74_900])
      #expect(try await scene.statuses() == ["refunded"])
    }
  }

  @Test func `an unpaid payment ends, and its bill with it, but not the orders beside it`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000, 50_000))
      try await scene.cancelOrder()
      #expect(try await scene.statuses() == ["cancelled", "pending"])
      #expect(try await scene.payment.events("payment.cancelled").map { $0.data["reason"] } == ["order_cancelled"])
      scene.wait(.seconds(61))
      try await scene.payment.fire("RecoverGatewayCalls")
      #expect(scene.xendit.invoices.map { $0["status"] } == ["EXPIRED"])
    }
  }

  @Test func `a bill whose opening was cut off is ended too`() async throws {
    try await PaymentScene.run { scene in
      scene.xendit.become(.losesAnswers)
      try await scene.create(scene.request(100_000))
      try await scene.cancelOrder()
      scene.xendit.become(.well)
      for _ in 0..<2 {
        scene.wait(.seconds(61))
        try await scene.payment.fire("RecoverGatewayCalls")
      }
      #expect(scene.xendit.invoices.map { $0["status"] } == ["EXPIRED"])
    }
  }

  @Test func `money that comes after the cancellation goes back`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      try await scene.cancelOrder()
      try await scene.deliver("PAID")
      #expect(try await scene.statuses() == ["cancelled"])
      scene.wait(.seconds(1))
      try await scene.payment.fire("RecoverGatewayCalls")
      #expect(try await scene.statuses() == ["refunded"])
      #expect(try await scene.balances().values.allSatisfy { $0 == 0 })
    }
  }

  @Test func `an order that was cancelled before it came here is not to be paid`() async throws {
    try await PaymentScene.run { scene in
      try await scene.cancelOrder()
      let reply = try await scene.create(scene.request(100_000))
      #expect(reply.status == 409 && reply.code == "order_already_cancelled")
    }
  }
}
