import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct CreateRefundTests {
  @Test func `what another service asks for goes back at once, along the way it came`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(250_000, shipping: 20_000)
      let reply = try await scene.refund("item_defective")
      #expect(reply.status == 201)
      #expect(reply.data["status"] == "completed" && reply.data["amount"] == 279_250)
      let sent = try #require(scene.xendit.refunds.first)
      #expect(sent["amount"] == 279_250 && sent["reason"] == "REQUESTED_BY_CUSTOMER")
      #expect(try sent["invoice_id"] == #require(scene.xendit.invoices.first)["id"])
      #expect(sent["reference_id"]?.string == "\(reply.data["refundNumber"]?.string ?? "")-1")
      #expect(try await scene.statuses() == ["refunded"])
      let types = try await scene.eventTypes().suffix(4)
      #expect(types == ["refund.requested", "refund.approved", "commission.refunded", "refund.completed"])
    }
  }

  @Test(arguments: [
    ("item_defective", 127_900), ("wrong_item", 127_900), ("customer_request", 103_000), ("other", 103_000),
  ])
  func `a reason says what goes back when nobody else does`(reason: String, amount: Int) async throws {
    try await PaymentScene.run { scene in
      // The fee is 2900 + 2000.
      try await scene.pay(100_000, shipping: 20_000, tax: 3000)
      #expect(try await scene.refund(reason).data["amount"] == .number(JSONNumber(amount)))
    }
  }

  @Test func `an amount is taken from goods, tax, shipping and fee in turn`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000, shipping: 20_000, tax: 3000)
      let refund = try await scene.refund("other", [("amount", 125_000)]).data
      #expect(refund["merchandiseAmount"] == 100_000 && refund["taxAmount"] == 3000)
      #expect(refund["shippingAmount"] == 20_000 && refund["feeAmount"] == 2000)
    }
  }

  @Test func `never more goes back than was paid, per part and line, counting what is under way`() async throws {
    try await PaymentScene.run { scene in
      scene.xendit.letRefundsBecome("PENDING")
      try await scene.pay([scene.line(60_000), scene.line(40_000, shipping: 9000, of: nil)])
      try await scene.refund("other", [("amount", 70_000)], key: "a")
      let more = try await scene.refund("other", [("amount", 43_901)], key: "b")
      #expect(more.status == 422 && more.code == "refund_exceeds_paid")
      // 70,000 were split over the lines as 42,000 and 28,000.
      let goods = try await scene.refund("other", [("lines", [["merchandise": 12_001]])], key: "c")
      #expect(goods.code == "refund_exceeds_paid")
      let seller = JSON.string(scene.seller.description)
      let rest = try await scene.refund("other", [("lines", [["sellerId": seller, "merchandise": 18_000]])], key: "d")
      #expect(rest.data["amount"] == 18_000)
      #expect(try await scene.refund("other", [("amount", 25_901)], key: "e").code == "refund_exceeds_paid")
      #expect(try await scene.refund("other", [("amount", 25_900)], key: "f").status == 201)
      #expect(try await scene.refund("item_defective", key: "g").code == "refund_exceeds_paid")
    }
  }

  @Test func `what a channel can't send back goes to the wallet`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000, by: "BCA")
      #expect(
        try await scene.refund("other", [("method", "original_payment")], key: "a").code == "method_not_available")
      let reply = try await scene.refund("other", key: "b")
      #expect(reply.data["method"] == "wallet" && reply.data["status"] == "completed")
      let event = try #require(try await scene.payment.events("refund.completed").first)
      #expect(event.data["walletAmount"] == 100_000 && event.data["gatewayAmount"] == 0)
      #expect(event.data["requestKey"] == "b" && event.data["isFull"] == false)
      #expect(try await scene.statuses() == ["partially_refunded"])
      #expect(!scene.xendit.calls.contains("POST /refunds"))
    }
  }

  @Test func `a channel sends nothing back after its time`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      scene.wait(.days(30) + .seconds(1))
      #expect(try await scene.refund("other").data["method"] == "wallet")
    }
  }

  @Test func `the same key gives the same refund, also after the stored answer is gone`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      let first = try await scene.refund("other", [("amount", 10_000)])
      try await scene.payment.write("delete from lakoo.idempotency")
      let again = try await scene.refund("other", [("amount", 10_000)])
      #expect(again.status == 201 && again.data["id"] == first.data["id"])
      try await scene.payment.write("delete from lakoo.idempotency")
      #expect(try await scene.refund("other", [("amount", 9000)]).code == "idempotency_key_reused")
      #expect(scene.xendit.refunds.count == 1)
    }
  }

  @Test func `what was never paid, or nobody knows, is not refunded`() async throws {
    try await PaymentScene.run { scene in
      #expect(try await scene.refund("other").status == 404)
      try await scene.create(scene.request(100_000))
      #expect(try await scene.refund("other", key: "b").code == "payment_not_paid")
    }
  }

  @Test func `an order's cancellation is refunded once`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      try await scene.refund("order_cancelled", [("amount", 50_000)], key: "a")
      #expect(try await scene.refund("order_cancelled", [("amount", 50_000)], key: "b").code == "refund_exists")
    }
  }

  @Test func `every wrong field is told at once`() async throws {
    try await PaymentScene.run { scene in
      let reply = try await scene.payment.call(
        "CreateRefund",
        body: [
          "reason": "overpayment", "amount": 0, "lines": [["fee": -1]],
          "bank": ["code": "ID_BCA", "accountNumber": "12", "holder": "Sari"],
        ], caller: .service, key: "r")
      let fields = reply.json["details"]?.array?.compactMap { $0["field"]?.string } ?? []
      #expect(
        Set(fields) == ["orderId", "reason", "amount", "lines[0].fee", "bank", "bank.accountNumber"])
    }
  }

  @Test func `support can't have a cancellation or a late payment refunded, which go back by themselves`() async throws
  {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      for reason in ["order_cancelled", "late_payment"] {
        let agent = Caller(userID: sampleID(50), role: .supportAgent, isPrivileged: true)
        #expect(try await scene.refund(reason, by: agent, key: reason).status == 422)
      }
    }
  }
}
