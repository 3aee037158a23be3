import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import PaymentFunctions

/// An order's event and its service's request may come in any order, and find the same payment.
@Suite struct OrderCreatedTests {
  private static func tell(
    _ scene: PaymentScene, fee: Int = 4900, discount: Int = 0, total: Int? = nil, changes: [(String, JSON)] = []
  ) async throws {
    var data = JSONObject([
      ("orderId", .string(scene.order.description)), ("orderNumber", "ORD-0"),
      ("checkoutId", .string(sampleID(50).description)), ("userId", .string(scene.buyer.description)),
      ("sellerId", .string(scene.seller.description)), ("subtotal", 110_000), ("sellerFundedDiscount", 10_000),
      ("platformDiscount", 0), ("shippingCost", .number(JSONNumber(discount))),
      ("shippingDiscount", .number(JSONNumber(discount))), ("taxAmount", 0), ("paymentFee", .number(JSONNumber(fee))),
      ("totalAmount", .number(JSONNumber(total ?? 100_000 + fee))),
      ("paymentDueAt", .string((scene.payment.clock.now + .hours(24)).description)),
      ("customer", JSON.object(["name": "Sari"])),
    ])
    for (name, value) in changes { data[name] = value }
    try await scene.payment.handle("CreatePaymentOnOrderCreated", type: "order.created", data: .object(data))
  }

  @Test func `the event records what is owed, and the request opens an invoice for the same payment`() async throws {
    try await PaymentScene.run { scene in
      try await Self.tell(scene)
      #expect(try await scene.statuses() == ["pending"])
      #expect(scene.xendit.calls.isEmpty)
      let id: ID = try await scene.payment.one("select id from payment")
      let reply = try await scene.create(scene.request(100_000))
      #expect(reply.status == 201)
      #expect(reply.data["payments"]?[0]?["id"]?.string == id.description)
      #expect(scene.xendit.invoices.map { $0["amount"] } == [104_900])
      try await scene.payment.write("delete from lakoo.idempotency")
      #expect(try await scene.create(scene.request(100_000)).status == 201)
      try await scene.deliver("PAID")
      #expect(
        try await scene.eventTypes() == ["payment.created", "commission.recorded", "payment.paid"])
    }
  }

  @Test(arguments: [
    ("subtotal", Int.min), ("sellerFundedDiscount", Int.max), ("shippingDiscount", Int.max), ("taxAmount", -1),
    ("totalAmount", Int.max),
  ])
  func `amounts that no order has are refused, and end nobody else's work`(field: String, amount: Int) async throws {
    try await PaymentScene.run { scene in
      let problem = await #expect(throws: Problem.self) {
        try await Self.tell(scene, changes: [(field, .number(JSONNumber(amount)))])
      }
      #expect(problem?.code == "amounts_differ")
      let statuses = try await scene.statuses()
      #expect(statuses.isEmpty)
    }
  }

  @Test func `the request comes first, and the event adds what the platform pays the courier`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      for _ in 0..<2 { try await Self.tell(scene, discount: 8000) }
      #expect(try await scene.statuses() == ["awaiting_payment"])
      try await scene.deliver("PAID")
      let balances = try await scene.balances()
      #expect(balances["liab:courier"] == -8000 && balances["exp:platform_discount"] == 8000)
      #expect(try await scene.payment.events("payment.created").count == 1)
    }
  }

  @Test func `the same request may be repeated after the event has added to its payment`() async throws {
    try await PaymentScene.run { scene in
      scene.xendit.become(.down)
      #expect(try await scene.create(scene.request(100_000)).status == 202)
      try await Self.tell(scene, discount: 8000)
      #expect(try await scene.payment.one("select shipping_discount from payment", as: Int.self) == 8000)
      scene.xendit.become(.well)
      #expect(try await scene.create(scene.request(100_000)).status != 422)
      #expect(try await scene.create(scene.request(100_000), key: "other").status != 422)
      #expect(try await scene.payment.one("select count(*) from payment", as: Int.self) == 1)
    }
  }

  @Test func `a request with the wallet's part takes the same payment over`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(50_000)
      try await Self.tell(scene, fee: 3450)
      let reply = try await scene.create(scene.request(100_000, wallet: 50_000))
      #expect(reply.status == 201 && reply.data["amountDue"] == 53_450)
      #expect(try await scene.statuses() == ["awaiting_payment"])
      try await scene.deliver("PAID")
      #expect(try await scene.statuses() == ["paid"] && scene.wallet.taken == 50_000)
    }
  }

  @Test func `a request that comes to another sum replaces what the event recorded`() async throws {
    try await PaymentScene.run { scene in
      try await Self.tell(scene, fee: 1)
      let reply = try await scene.create(scene.request(100_000))
      #expect(reply.status == 201 && reply.data["amountDue"] == 104_900)
      #expect(try await scene.statuses() == ["cancelled", "awaiting_payment"])
      #expect(try await scene.payment.events("payment.cancelled").map { $0.data["reason"] } == ["replaced"])
    }
  }

  @Test func `nothing is owed for what costs nothing, was cancelled, or does not add up`() async throws {
    try await PaymentScene.run { scene in
      try await Self.tell(scene, total: 0)
      await #expect(throws: Problem.self) { try await Self.tell(scene, total: 99) }
      await #expect(throws: Problem.self) {
        try await Self.tell(
          scene, total: 14_900, changes: [("sellerFundedDiscount", 120_000), ("shippingCost", 20_000)])
      }
      try await scene.cancelOrder()
      try await Self.tell(scene)
      #expect(try await scene.statuses().isEmpty)
    }
  }

  @Test func `event and request at once make one payment`() async throws {
    for _ in 0..<3 {
      try await PaymentScene.run { scene in
        try await withThrowingTaskGroup { group in
          group.addTask { try await Self.tell(scene) }
          group.addTask { _ = try await scene.create(scene.request(100_000)) }
          try await group.waitForAll()
        }
        #expect(try await scene.create(scene.request(100_000), key: "again").status == 201)
        #expect(try await scene.statuses() == ["awaiting_payment"])
        #expect(scene.xendit.invoices.count == 1)
      }
    }
  }

  @Test func `what nobody asks for ends in its time, and its buyer can pay until then`() async throws {
    try await PaymentScene.run { scene in
      try await Self.tell(scene)
      let reply = try await scene.pay([scene.order], [("channel", "ewallet_dana")])
      #expect(reply.status == 201 && reply.data["amountDue"] == 104_900)
      #expect(try await scene.statuses() == ["awaiting_payment"])
    }
    try await PaymentScene.run { scene in
      try await Self.tell(scene)
      scene.wait(.hours(25))
      try await scene.payment.fire("ExpirePayments")
      #expect(try await scene.statuses() == ["expired"])
      #expect(try await scene.pay([scene.order]).code == "order_not_payable")
    }
  }
}
