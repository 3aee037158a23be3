import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct XenditInvoiceWebhookTests {
  @Test func `payment is captured: state, books, commission and announcement together`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(250_000, shipping: 20_000))
      try await scene.deliver("PAID")
      #expect(try await scene.statuses() == ["paid"])
      #expect(
        try await scene.balances() == [
          "asset:xendit": 279_250, "liab:seller:\(scene.seller)": -250_000, "liab:courier": -20_000,
          "rev:buyer_fee": -9250,
        ])
      #expect(try await scene.eventTypes() == ["payment.created", "commission.recorded", "payment.paid"])
      let paid = try #require(try await scene.payment.events("payment.paid").first)
      #expect(paid.data["channel"] == "ewallet_dana")
      #expect(paid.data["sellers"]?[0]?["commissionAmount"] == 1250)
    }
  }

  @Test func `paid twice over the wire, then expired, is one payment`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      try await scene.deliver("PAID")
      try await scene.deliver("PAID")
      try await scene.deliver("EXPIRED")
      try await scene.deliver("SETTLED")
      #expect(try await scene.statuses() == ["paid"])
      #expect(try await scene.payment.events("payment.paid").count == 1)
      #expect(try await scene.inbox() == ["processed", "ignored", "processed"])
      #expect(try await scene.payment.one("select count(*) from transaction_ledger", as: Int.self) == 1)
      #expect(try await scene.payment.one("select settled_at is not null from gateway_invoice", as: Bool.self))
    }
  }

  @Test func `money after the end goes back, and the payment stays expired`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      try await scene.deliver("EXPIRED")
      try await scene.deliver("PAID")
      #expect(try await scene.statuses() == ["expired"])
      #expect(try await scene.balances() == ["asset:xendit": 104_900, "liab:suspense": -104_900])
      #expect(
        try await scene.eventTypes() == [
          "payment.created", "payment.expired", "refund.requested", "refund.approved", "payment.late_captured",
        ])
      let refund = try #require(try await scene.payment.events("refund.requested").first)
      #expect(refund.data["amount"] == 104_900)
      #expect(refund.data["reason"] == "late_payment")
      #expect(refund.data["method"] == "original_payment")
    }
  }

  @Test func `a buyer who pays twice gets the second money back`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      try await scene.deliver("PAID", money: "ewc_1")
      try await scene.deliver("PAID", money: "ewc_2")
      try await scene.deliver("SETTLED", money: "ewc_2")
      #expect(try await scene.statuses() == ["paid"])
      #expect(try await scene.balances()["liab:suspense"] == -104_900)
      let refunds = try await scene.payment.events("refund.requested")
      #expect(refunds.map { $0.data["reason"] } == ["duplicate_payment"])
    }
  }

  @Test func `what was too much goes to the wallet`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      try await scene.deliver("PAID", paid: 110_000)
      #expect(try await scene.statuses() == ["paid"])
      #expect(try await scene.balances()["liab:suspense"] == 0)
      #expect(try await scene.balances()["clearing:wallet"] == -5100)
      #expect(try await scene.payment.events("refund.completed").map { $0.data["walletAmount"] } == [5100])
      let refund = try #require(try await scene.payment.events("refund.requested").first)
      #expect(refund.data["amount"] == 5100)
      #expect(refund.data["method"] == "wallet")
    }
  }

  @Test func `deliveries whose ids begin alike are told apart, however long they are`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      for last in ["a", "b", "b"] {
        try await scene.deliver(
          "PAID", changes: [("external_id", "inv_unknown"), ("id", .string(String(repeating: "0", count: 300) + last))])
      }
      #expect(try await scene.inbox() == ["parked", "parked"])
    }
  }

  @Test(arguments: [
    [("currency", JSON.string("USD"))], [("paid_amount", .number(JSONNumber("104900.5")!))],
    [("id", "000000000000000000000000")], [("external_id", "inv_unknown"), ("id", "000000000000000000000000")],
    [("external_id", .string(String(repeating: "x", count: 65))), ("id", .string(String(repeating: "0", count: 300)))],
  ])
  func `what makes no sense is parked and changes nothing`(changes: [(String, JSON)]) async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      try await scene.deliver("PAID", changes: changes)
      #expect(try await scene.statuses() == ["awaiting_payment"])
      #expect(try await scene.inbox() == ["parked"])
      #expect(try await scene.balances() == [:])
    }
  }

  @Test func `what deliveries tell of the payer is not kept`() async throws {
    try await PaymentScene.run { scene in
      let payer: [(String, JSON)] = [
        ("payer_email", "sari@contoh.test"), ("customer", ["email": "sari@contoh.test"]),
        ("payment_destination", "081234567890"),
      ]
      try await scene.create(scene.request(100_000))
      try await scene.deliver("PAID", changes: payer)
      #expect(try await scene.statuses() == ["paid"])
      try await scene.refund("other", [("amount", 10_000)])
      try await scene.deliverRefund("refund.succeeded", changes: payer)
      let kept = try await scene.payment.one("select string_agg(body::text, ' ') from webhook_inbox", as: String.self)
      #expect(kept.contains("external_id") && kept.contains("refund.succeeded"))
      #expect(!kept.contains("sari") && !kept.contains("081234567890"))
    }
  }

  @Test func `a webhook that overtakes the provider's answer counts`() async throws {
    try await PaymentScene.run { scene in
      scene.xendit.become(.losesAnswers)
      #expect(try await scene.create(scene.request(100_000)).status == 202)
      try await scene.deliver("PAID")
      #expect(try await scene.statuses() == ["paid"])
    }
  }
}
