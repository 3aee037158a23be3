import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

/// Less than an invoice asks for pays nothing; the payment has its time, and then the money goes back by itself.
@Suite struct UnderpaidTests {
  private static func end(_ scene: PaymentScene) async throws {
    for _ in 0..<2 { try await scene.payment.fire("ExpirePayments") }
  }

  /// Has the provider return what is to go back, and say so.
  private static func sendBack(_ scene: PaymentScene) async throws {
    scene.wait(.minutes(2))
    try await scene.payment.fire("RecoverGatewayCalls")
  }

  @Test func `it waits for its time, then ends, and what came goes back once`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      try await scene.deliver("PAID", paid: 30_000)
      try await Self.end(scene)
      #expect(try await scene.statuses() == ["awaiting_payment"])
      #expect(try await scene.inbox() == ["parked"])
      #expect(try await scene.balances() == ["asset:xendit": 30_000, "liab:suspense": -30_000])
      scene.wait(.hours(25))
      try await Self.end(scene)
      #expect(try await scene.statuses() == ["expired"])
      let refunds = try await scene.payment.events("refund.requested")
      #expect(refunds.map { $0.data["amount"] } == [30_000] && refunds.map { $0.data["reason"] } == ["late_payment"])
      #expect(try await scene.payment.events("payment.late_captured").map { $0.data["lateAmount"] } == [30_000])
      #expect(try await scene.balances() == ["asset:xendit": 30_000, "liab:suspense": -30_000])
      try await Self.sendBack(scene)
      #expect(try await scene.refundStatuses() == ["completed"])
      #expect(try await scene.statuses() == ["refunded"])
      #expect(try await scene.balances().values.allSatisfy { $0 == 0 })
      #expect(scene.xendit.refunds.map { $0["amount"] } == [30_000])
    }
  }

  @Test(arguments: ["PAID", "EXPIRED", "PENDING"])
  func `it ends alike, whatever the provider calls the invoice`(status: String) async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      try await scene.deliver("PAID", paid: 30_000)
      scene.xendit.change(["status": .string(status), "paid_amount": 30_000])
      scene.wait(.hours(25))
      try await Self.end(scene)
      #expect(try await scene.statuses() == ["expired"])
      #expect(try await scene.payment.events("refund.requested").count == 1)
      try await scene.deliver("PAID", paid: 30_000)
      try await scene.deliver("SETTLED", paid: 30_000)
      #expect(try await scene.payment.events("refund.requested").count == 1)
    }
  }

  @Test func `nothing ends while the provider can't be asked`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      try await scene.deliver("PAID", paid: 30_000)
      scene.xendit.become(.down)
      scene.wait(.hours(25))
      try await Self.end(scene)
      #expect(try await scene.statuses() == ["awaiting_payment"])
      #expect(try await scene.payment.events("refund.requested").isEmpty)
    }
  }

  @Test func `too little for several orders goes back by share`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000, 50_000))
      try await scene.deliver("PAID", paid: 1_000)
      scene.wait(.hours(25))
      try await Self.end(scene)
      #expect(try await scene.statuses() == ["expired", "expired"])
      let refunds = try await scene.payment.query("select amount from refund order by amount", as: Int.self)
      #expect(refunds == [333, 667])
      let given = try await scene.payment.one("select sum(late_captured_amount)::bigint from payment", as: Int.self)
      #expect(given == 1_000)
    }
  }

  @Test func `whoever cancels it has the money back at once`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      try await scene.deliver("PAID", paid: 30_000)
      let id = try await scene.payment.one("select id::text from payment", as: String.self)
      let cancelled = try await scene.payment.call("CancelPayment", path: [("id", id)], caller: finance)
      #expect(cancelled.status == 200 && cancelled.data["status"] == "cancelled")
      try await Self.end(scene)
      try await Self.sendBack(scene)
      #expect(try await scene.statuses() == ["refunded"])
      #expect(try await scene.balances().values.allSatisfy { $0 == 0 })
    }
  }

  @Test func `an order that is cancelled gets it back, and the one beside it goes on`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000, 50_000))
      try await scene.deliver("PAID", paid: 30_000)
      try await scene.cancelOrder()
      try await Self.end(scene)
      #expect(try await scene.statuses() == ["cancelled", "pending"])
      let payer = try await scene.payment.one("select order_id::text from refund", as: String.self)
      #expect(payer == scene.order.description)
      #expect(try await scene.payment.query("select amount from refund", as: Int.self) == [30_000])
      #expect(try await scene.pay([sampleID(101)]).status == 201)
      try await scene.deliver("PAID", money: "ewc_2")
      #expect(try await scene.statuses() == ["cancelled", "cancelled", "paid"])
    }
  }

  @Test func `the whole sum after it pays, and the first money goes back`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      try await scene.deliver("PAID", paid: 30_000, money: "ewc_1")
      try await scene.deliver("PAID", money: "ewc_2")
      try await scene.deliver("PAID", money: "ewc_2")
      #expect(try await scene.statuses() == ["paid"])
      let refunds = try await scene.payment.events("refund.requested")
      #expect(refunds.map { $0.data["amount"] } == [30_000])
      #expect(refunds.map { $0.data["reason"] } == ["duplicate_payment"])
      #expect(try await scene.balances()["asset:xendit"] == 134_900)
      scene.wait(.hours(25))
      try await Self.end(scene)
      try await Self.sendBack(scene)
      #expect(try await scene.statuses() == ["paid"])
      #expect(try await scene.balances()["asset:xendit"] == 104_900)
      #expect(try await scene.balances()["liab:suspense"] == 0)
    }
  }

  @Test func `too little again is for a person, and both stay in sight`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      try await scene.deliver("PAID", paid: 30_000, money: "ewc_1")
      try await scene.deliver("PAID", paid: 40_000, money: "ewc_2")
      #expect(try await scene.inbox() == ["parked", "parked"])
      #expect(try await scene.statuses() == ["awaiting_payment"])
      let seen = try await scene.payment.call("ListWebhooks", query: [("status", "parked")], caller: finance)
      #expect(seen.data.array?.count == 2)
    }
  }

  @Test func `a buyer who asks to pay again gets another invoice`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      try await scene.deliver("PAID", paid: 30_000)
      let again = try await scene.pay([scene.order])
      #expect(again.status == 201 && scene.xendit.invoices.count == 2)
      try await scene.deliver("PAID", money: "ewc_2")
      try await Self.end(scene)
      try await Self.sendBack(scene)
      #expect(try await scene.statuses() == ["refunded", "paid"])
      #expect(try await scene.balances()["liab:suspense"] == 0)
    }
  }

  @Test func `they are found by an index`() async throws {
    try await PaymentScene.run { scene in
      let plan = try await scene.payment.plan(Due.short(past: .init(seconds: 0), after: .beforeAll, most: 100))
      #expect(plan.contains("gateway_invoice_short") && !plan.contains("Seq Scan"), "\(plan)")
    }
  }
}
