import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct PayMyOrdersTests {
  @Test func `another channel is another bill of the same amounts, and the old invoice ends`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(250_000, shipping: 20_000))
      let reply = try await scene.pay([scene.order], [("channel", "va_bca")])
      #expect(reply.status == 201 && reply.data["amountDue"] == 279_250)
      #expect(reply.data["payments"]?[0]?["channel"] == "va_bca")
      #expect(scene.xendit.invoices.map { $0["status"] } == ["EXPIRED", "PENDING"])
      #expect(try await scene.statuses() == ["cancelled", "awaiting_payment"])
      let again = try await scene.pay([scene.order], [("channel", "va_bca")], key: "q")
      #expect(again.data["payments"]?[0]?["id"] == reply.data["payments"]?[0]?["id"])
      #expect(try await scene.pay([scene.order], [("channel", "va_bca")]).header("idempotency-replayed") == "true")
    }
  }

  @Test func `a repeat gets the same payment, although it was paid meanwhile`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      let first = try await scene.pay([scene.order], [("channel", "va_bca")])
      try await scene.deliver("PAID")
      try await scene.payment.write("delete from lakoo.idempotency")
      let again = try await scene.pay([scene.order], [("channel", "va_bca")])
      #expect(again.data["payments"]?[0]?["id"] == first.data["payments"]?[0]?["id"])
      #expect(again.data["payments"]?[0]?["status"] == "paid")
    }
  }

  @Test func `two orders come on one bill, with one fee`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000), key: "a")
      var other = try #require(scene.request(1, 50_000).object)
      other["orders"] = [try #require(scene.request(1, 50_000)["orders"]?[1])]
      try await scene.create(.object(other), key: "b")
      let reply = try await scene.pay([scene.order, sampleID(101)])
      #expect(reply.data["feeTotal"] == 6350 && reply.data["amountDue"] == 156_350)
      #expect(reply.data["payments"]?.array?.map { $0["feeAmount"] } == [4233, 2117])
    }
  }

  @Test func `the order beside a cancelled one gets a bill of its own`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(90_000)
      try await scene.create(scene.request(100_000, 50_000, wallet: 90_000))
      try await scene.cancelOrder()
      // While the old invoice is still open at the provider, and after it has ended.
      let first = try await scene.pay([sampleID(101)], [("walletAmount", 20_000)], key: "a")
      #expect(first.status == 201 && first.data["amountDue"] == 32_870)
      scene.wait(.seconds(61))
      try await scene.payment.fire("RecoverGatewayCalls")
      #expect(try await scene.statuses() == ["cancelled", "cancelled", "awaiting_payment"])
      #expect(scene.xendit.invoices.map { $0["status"] } == ["EXPIRED", "PENDING"])
      #expect(scene.wallet.balance == 70_000)
    }
  }

  @Test(arguments: [false, true])
  func `asked with the same sums, it gets a bill of its own too, before and after the old one has ended`(
    hasEnded: Bool
  ) async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(90_000)
      try await scene.create(scene.request(100_000, 50_000, wallet: 90_000))
      let part = try await scene.payment.one(
        "select wallet_amount from payment where reference_id = \(sampleID(101))", as: Int.self)
      try await scene.cancelOrder()
      if hasEnded {
        scene.wait(.seconds(61))
        try await scene.payment.fire("RecoverGatewayCalls")
      }
      let reply = try await scene.pay([sampleID(101)], [("walletAmount", .number(JSONNumber(part)))])
      #expect(reply.status == 201)
      #expect(reply.data["invoice"]?["status"] == "open")
      #expect(reply.data["invoice"]?["url"] == scene.xendit.invoices.last?["invoice_url"])
      #expect(try await scene.statuses() == ["cancelled", "cancelled", "awaiting_payment"])
      try await scene.deliver("PAID")
      #expect(try await scene.statuses() == ["cancelled", "cancelled", "paid"])
      #expect(scene.wallet.taken == part)
    }
  }

  @Test func `too much from the wallet fails, and another try may pay`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      #expect(try await scene.pay([scene.order], [("walletAmount", 50_000)], key: "a").code == "wallet_insufficient")
      let reply = try await scene.pay([scene.order], key: "b")
      #expect(reply.status == 201 && reply.data["amountDue"] == 104_900)
      #expect(try await scene.statuses() == ["cancelled", "failed", "awaiting_payment"])
    }
  }

  @Test func `somebody else's, unknown, paid and cancelled orders are not paid`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      #expect(try await scene.pay([scene.order], by: sampleID(66), key: "a").status == 404)
      #expect(try await scene.pay([sampleID(555)], key: "b").status == 404)
      #expect(try await scene.pay([], key: "c").status == 422)
      #expect(try await scene.pay([scene.order, scene.order], key: "d").status == 422)
      try await scene.deliver("PAID")
      #expect(try await scene.pay([scene.order], key: "e").code == "order_already_paid")
    }
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      try await scene.cancelOrder()
      #expect(try await scene.pay([scene.order]).code == "order_already_cancelled")
    }
  }

  @Test func `what was paid at that very moment is not asked for again`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      scene.xendit.change(["status": "PAID"])
      #expect(try await scene.pay([scene.order], [("channel", "va_bca")]).code == "order_already_paid")
      #expect(try await scene.statuses() == ["paid"])
    }
  }
}
