import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct TopUpPaymentTests {
  private static let topUp = sampleID(300)

  @discardableResult
  private static func create(
    _ scene: PaymentScene, _ amount: Int = 100_000, key: String? = nil
  ) async throws -> TestReply {
    try await scene.payment.call(
      "CreateTopUpPayment",
      body: [
        "topupId": .string(topUp.description), "userId": .string(scene.buyer.description),
        "amount": .number(JSONNumber(amount)), "channel": .null, "customer": ["name": "Pengguna Lakoo"],
      ], caller: .service, key: key ?? topUp.description)
  }

  @Test func `a top-up is collected with its fee, and its money belongs to the wallet`() async throws {
    try await PaymentScene.run { scene in
      let reply = try await Self.create(scene)
      #expect(reply.status == 201)
      #expect(reply.data["payment"]?["feeAmount"] == 4900 && reply.data["payment"]?["amount"] == 104_900)
      #expect(reply.data["payment"]?["purpose"] == "wallet_topup" && reply.data["payment"]?["orderId"]?.isNull == true)
      #expect(reply.data["invoice"]?["url"]?.string?.hasPrefix("https://pay.test/") == true)
      try await scene.deliver("PAID")
      try await scene.deliver("SETTLED")
      #expect(
        try await scene.balances() == [
          "asset:xendit": 104_900, "clearing:wallet": -100_000, "rev:buyer_fee": -4900,
        ])
      let kinds: [String] = try await scene.payment.query("select kind from transaction_ledger")
      #expect(kinds == ["capture_topup"])
      #expect(try await scene.eventTypes() == ["wallet_topup.paid"])
      let event = try #require(try await scene.payment.events("wallet_topup.paid").first)
      #expect(event.data["amount"] == 100_000 && event.data["topupId"]?.string == Self.topUp.description)
    }
  }

  @Test func `the same key gives the same payment, at once and while the provider is away`() async throws {
    try await PaymentScene.run { scene in
      scene.xendit.become(.down)
      #expect(try await Self.create(scene).status == 202)
      scene.xendit.become(.well)
      scene.wait(.seconds(61))
      try await scene.payment.fire("RecoverGatewayCalls")
      try await withThrowingTaskGroup { group in
        for _ in 0..<4 { group.addTask { _ = try await Self.create(scene) } }
        try await group.waitForAll()
      }
      #expect(try await Self.create(scene).status == 201)
      #expect(scene.xendit.invoices.count == 1 && scene.xendit.invoices.first?["amount"] == 104_900)
    }
  }

  @Test func `one that nobody pays, or that is taken back, tells the wallet so and no order`() async throws {
    try await PaymentScene.run { scene in
      try await Self.create(scene)
      scene.wait(.hours(25))
      try await scene.payment.fire("ExpirePayments")
      #expect(try await scene.eventTypes() == ["wallet_topup.failed"])
      #expect(try await scene.payment.events().first?.data["reason"] == "expired")
      // Late money goes back, and still nobody is told of an order.
      try await scene.deliver("PAID")
      #expect(try await scene.payment.events("payment.late_captured").isEmpty)
      #expect(try await scene.refundStatuses() == ["approved"])
    }
    try await PaymentScene.run { scene in
      let made = try await Self.create(scene)
      let reply = try await scene.act(
        "CancelPayment", on: made.data["payment"]?["id"], body: ["reason": "The top-up was cancelled."], by: .service)
      #expect(reply.data["status"] == "cancelled")
      #expect(scene.xendit.invoices.map { $0["status"] } == ["EXPIRED"])
      #expect(try await scene.payment.events().map { $0.data["reason"] } == ["cancelled"])
    }
  }

  @Test func `too little, too much, refused by the provider, and not to be refunded here`() async throws {
    try await PaymentScene.run { scene in
      #expect(try await Self.create(scene, 9999, key: "a").code == "amount_out_of_range")
      #expect(try await Self.create(scene, 20_000_001, key: "b").code == "amount_out_of_range")
      scene.xendit.become(.refuses(code: "UNAVAILABLE_PAYMENT_METHOD_ERROR"))
      #expect(try await Self.create(scene, key: "c").code == "channel_disabled")
      #expect(try await scene.payment.events("wallet_topup.failed").map { $0.data["reason"] } == ["failed"])
      scene.xendit.become(.well)
      let made = try await Self.create(scene, key: "d")
      try await scene.deliver("PAID")
      let refund = try await scene.payment.call(
        "CreateRefund", body: ["paymentId": made.data["payment"]?["id"] ?? .null, "reason": "other"], caller: .service,
        key: "r")
      #expect(refund.status == 409 && refund.code == "not_refundable")
    }
  }
}
