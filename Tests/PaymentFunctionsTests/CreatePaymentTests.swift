import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct CreatePaymentTests {
  @Test func `an order gets a payment, a fee and a page to pay on`() async throws {
    try await PaymentScene.run { scene in
      let reply = try await scene.create(scene.request(250_000, shipping: 20_000))
      #expect(reply.status == 201)
      #expect(reply.data["feeTotal"] == 9250)
      #expect(reply.data["amountDue"] == 279_250)
      #expect(reply.data["invoice"]?["url"]?.string?.hasPrefix("https://pay.test/") == true)
      #expect(reply.data["payments"]?[0]?["status"] == "awaiting_payment")
      #expect(scene.xendit.invoices.last?["amount"] == 279_250)
      let event = try #require(try await scene.payment.events("payment.created").first)
      #expect(event.data["amount"] == 279_250)
      #expect(event.data["feeAmount"] == 9250)
    }
  }

  @Test func `two orders share one invoice and one fee, in the order asked for`() async throws {
    try await PaymentScene.run { scene in
      let reply = try await scene.create(scene.request(100_000, 50_000))
      let payments = reply.data["payments"]?.array ?? []
      #expect(payments.map { $0["feeAmount"] } == [4233, 2117])
      #expect(payments.map { $0["orderNumber"] } == ["ORD-0", "ORD-1"])
      #expect(scene.xendit.invoices.map { $0["amount"] } == [156_350])
    }
  }

  @Test func `the same order again, with another key, is the same payment`() async throws {
    try await PaymentScene.run { scene in
      let first = try await scene.create(scene.request(100_000), key: "a")
      let second = try await scene.create(scene.request(100_000), key: "b")
      #expect(first.data["payments"]?[0]?["id"] == second.data["payments"]?[0]?["id"])
      #expect(scene.xendit.invoices.count == 1)
      #expect(try await scene.payment.events("payment.created").count == 1)
    }
  }

  @Test func `an order that costs something else now gets another payment, and the old invoice ends`() async throws {
    try await PaymentScene.run { scene in
      let first = try await scene.create(scene.request(100_000), key: "a")
      let second = try await scene.create(scene.request(90_000), key: "b")
      #expect(second.status == 201)
      #expect(second.data["amountDue"] == 94_610)
      #expect(try await scene.statuses() == ["cancelled", "awaiting_payment"])
      #expect(scene.xendit.invoices.map { $0["status"] } == ["EXPIRED", "PENDING"])
      let events = try await scene.payment.events()
      try #require(events.map(\.type) == ["payment.created", "payment.cancelled", "payment.created"])
      #expect(events[1].data["reason"] == "replaced")
      #expect(events[2].data["replacesPaymentId"] == first.data["payments"]?[0]?["id"])
    }
  }

  @Test func `what was paid at that very moment is not replaced`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000), key: "a")
      scene.xendit.change(["status": "PAID"])
      #expect(try await scene.create(scene.request(90_000), key: "b").code == "order_already_paid")
      #expect(try await scene.statuses() == ["paid"])
    }
  }

  @Test func `a bill is replaced as a whole or not at all`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000, 50_000), key: "a")
      #expect(try await scene.create(scene.request(90_000), key: "b").code == "invalid_state")
      #expect(try await scene.statuses() == ["awaiting_payment", "awaiting_payment"])
    }
  }

  @Test func `another sum may be asked for while the provider is away, and one invoice comes of it`() async throws {
    try await PaymentScene.run { scene in
      scene.xendit.become(.losesAnswers)
      #expect(try await scene.create(scene.request(100_000), key: "a").status == 202)
      #expect(try await scene.create(scene.request(90_000), key: "b").status == 202)
      #expect(try await scene.statuses() == ["cancelled", "pending"])
      scene.xendit.become(.well)
      for _ in 0..<4 {
        scene.wait(.minutes(2))
        try await scene.payment.fire("RecoverGatewayCalls")
      }
      #expect(try await scene.statuses() == ["cancelled", "awaiting_payment"])
      #expect(scene.xendit.invoices.count { $0["status"] == "PENDING" } == 1)
      #expect(scene.xendit.invoices.first { $0["status"] == "PENDING" }?["amount"] == 94_610)
    }
  }

  @Test func `a paid order is not paid again`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000), key: "a")
      try await scene.deliver("PAID")
      let reply = try await scene.create(scene.request(100_000), key: "b")
      #expect(reply.status == 409)
      #expect(reply.code == "order_already_paid")
    }
  }

  @Test func `what costs nothing is paid at once, without the provider`() async throws {
    try await PaymentScene.run { scene in
      let reply = try await scene.create(scene.request(0))
      #expect(reply.status == 201)
      #expect(reply.data["invoice"]?.isNull == true)
      #expect(reply.data["payments"]?[0]?["status"] == "paid")
      #expect(reply.data["payments"]?[0]?["channel"] == "none")
      #expect(scene.xendit.calls.isEmpty)
      #expect(try await scene.eventTypes() == ["payment.created", "commission.recorded", "payment.paid"])
    }
  }

  @Test func `while the provider is down the payment waits for its invoice`() async throws {
    try await PaymentScene.run { scene in
      scene.xendit.become(.down)
      let reply = try await scene.create(scene.request(100_000))
      #expect(reply.status == 202)
      #expect(reply.data["invoice"]?.isNull == true)
      #expect(try await scene.statuses() == ["pending"])
    }
  }

  @Test func `what the provider refuses for good has failed, and may be tried anew`() async throws {
    try await PaymentScene.run { scene in
      scene.xendit.become(.refuses(code: "UNAVAILABLE_PAYMENT_METHOD_ERROR"))
      let reply = try await scene.create(scene.request(100_000), key: "a")
      #expect(reply.status == 422)
      #expect(reply.code == "channel_disabled")
      #expect(try await scene.eventTypes() == ["payment.created", "payment.failed"])
      scene.xendit.become(.well)
      #expect(try await scene.create(scene.request(100_000), key: "b").status == 201)
      #expect(try await scene.statuses() == ["failed", "awaiting_payment"])
    }
  }

  @Test func `every wrong field is told at once`() async throws {
    try await PaymentScene.run { scene in
      var request = try #require(scene.request(-1).object)
      request["successUrl"] = "http://toko.test"
      request["customer"] = [:]
      let reply = try await scene.create(.object(request))
      #expect(reply.status == 422)
      let fields = reply.json["details"]?.array?.compactMap { $0["field"]?.string } ?? []
      #expect(Set(fields) == ["orders[0].lines[0].merchandiseAmount", "successUrl", "customer.name"])
    }
  }

  @Test func `buyers are sent back to hosts of ours only`() async throws {
    try await PaymentScene.run { scene in
      var request = try #require(scene.request(100_000).object)
      request["successUrl"] = "https://toko.lakoo.id/paid"
      request["failureUrl"] = "https://lakoo.id.evil.test/failed"
      let refused = try await scene.create(.object(request))
      #expect(refused.status == 422 && refused.json["details"]?.array?.count == 1)
      #expect(refused.json["details"]?[0]?["field"] == "failureUrl")
      #expect(refused.json["details"]?[0]?["code"] == "host_not_allowed")
      #expect(refused.json["details"]?[0]?["message"] == "must be on a host that PAYMENT_REDIRECT_HOSTS names")
      request["failureUrl"] = "https://localhost:3000/failed"
      #expect(try await scene.create(.object(request)).status == 201)
      #expect(scene.xendit.invoices.last?["failure_redirect_url"] == "https://localhost:3000/failed")
    }
  }

  @Test func `keys that look like those of other orders are other keys`() async throws {
    try await PaymentScene.run { scene in
      #expect(try await scene.create(scene.request(100_000, 50_000), key: "k").status == 201)
      var other = try #require(scene.request(1, 1, 70_000).object)
      other["orders"] = [try #require(scene.request(1, 1, 70_000)["orders"]?[2])]
      #expect(try await scene.create(.object(other), key: "k#1").status == 201)
    }
  }

  @Test func `a channel that is closed or too small is refused`() async throws {
    try await PaymentScene.run { scene in
      var request = try #require(scene.request(11_000_000).object)
      request["channel"] = "wallet"
      #expect(try await scene.create(.object(request), key: "a").code == "channel_disabled")
      request["channel"] = "qris"
      #expect(try await scene.create(.object(request), key: "b").code == "amount_out_of_range")
      request["channel"] = .null
      request["walletAmount"] = 5
      #expect(try await scene.create(.object(request), key: "c").code == "wallet_insufficient")
    }
  }
}
