import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct RecoverGatewayCallsTests {
  @Test func `an invoice whose answer was lost is adopted, not asked for again`() async throws {
    try await PaymentScene.run { scene in
      scene.xendit.become(.losesAnswers)
      #expect(try await scene.create(scene.request(100_000)).status == 202)
      #expect(scene.xendit.invoices.count == 1)
      scene.xendit.become(.well)
      scene.wait(.seconds(61))
      try await scene.payment.fire("RecoverGatewayCalls")
      #expect(scene.xendit.invoices.count == 1)
      #expect(try await scene.statuses() == ["awaiting_payment"])
      let url = try #require(scene.xendit.invoices.first)["invoice_url"]
      let order = try await scene.payment.call(
        "GetPaymentByOrder", path: [("orderId", sampleID(100).description)], caller: .service)
      #expect(order.data["invoice"]?["url"] == url)
    }
  }

  @Test func `an invoice that never arrived is asked for again`() async throws {
    try await PaymentScene.run { scene in
      scene.xendit.become(.down)
      try await scene.create(scene.request(100_000))
      scene.xendit.become(.well)
      scene.wait(.seconds(61))
      try await scene.payment.fire("RecoverGatewayCalls")
      #expect(scene.xendit.invoices.count == 1)
      #expect(try await scene.statuses() == ["awaiting_payment"])
    }
  }

  @Test func `one that may still be at work is left alone`() async throws {
    try await PaymentScene.run { scene in
      scene.xendit.become(.down)
      try await scene.create(scene.request(100_000))
      scene.xendit.become(.well)
      try await scene.payment.fire("RecoverGatewayCalls")
      #expect(scene.xendit.invoices.isEmpty)
    }
  }

  @Test func `one that was paid meanwhile is captured`() async throws {
    try await PaymentScene.run { scene in
      scene.xendit.become(.losesAnswers)
      try await scene.create(scene.request(100_000))
      scene.xendit.become(.well)
      scene.xendit.change(["status": "PAID"])
      scene.wait(.seconds(61))
      try await scene.payment.fire("RecoverGatewayCalls")
      #expect(try await scene.statuses() == ["paid"])
    }
  }
}
