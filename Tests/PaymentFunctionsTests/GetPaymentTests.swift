import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct GetPaymentTests {
  @Test func `the payer sees a payment, and nobody else learns that it exists`() async throws {
    try await PaymentScene.run { scene in
      let created = try await scene.create(scene.request(250_000, shipping: 20_000))
      let id = try #require(created.data["payments"]?[0]?["id"]?.string)
      let mine = try await scene.payment.call("GetPayment", path: [("id", id)], caller: .user(scene.buyer))
      #expect(mine.data == created.data["payments"]?[0])
      let theirs = try await scene.payment.call("GetPayment", path: [("id", id)], caller: .user(sampleID(66)))
      #expect(theirs.status == 404)
      let nobodys = try await scene.payment.call(
        "GetPayment", path: [("id", sampleID(67).description)], caller: .service)
      #expect(nobodys.status == 404)
    }
  }

  @Test func `by id, by order and in the list a payment is the same`() async throws {
    try await PaymentScene.run { scene in
      func expectSame(_ note: String) async throws {
        let list = try await scene.payment.call("ListMyPayments", caller: .user(scene.buyer))
        let listed = try #require(list.data[0])
        let id = try #require(listed["id"]?.string)
        for caller in [Caller.user(scene.buyer), .service] {
          let one = try await scene.payment.call("GetPayment", path: [("id", id)], caller: caller)
          let ofOrder = try await scene.payment.call(
            "GetPaymentByOrder", path: [("orderId", scene.order.description)], caller: caller)
          #expect(one.data == listed && ofOrder.data == listed, "\(note)")
        }
        #expect(try await scene.worksOut(id) == listed, "\(note)")
        let order = [("orderId", scene.order.description)]
        let theirs = try await scene.payment.call("GetPaymentByOrder", path: order, caller: .user(sampleID(66)))
        #expect(theirs.status == 404, "\(note)")
      }
      var request = try #require(scene.request(0).object)
      let lines = (0..<5).map {
        scene.line(10_000 * ($0 + 1), discount: 500, tax: 7, of: $0 == 0 ? nil : sampleID(90 - $0))
      }
      request["orders"] = [
        ["orderId": .string(scene.order.description), "orderNumber": "ORD-0", "lines": .array(lines)]
      ]
      try await scene.create(.object(request))
      try await expectSame("to be paid")
      try await scene.payment.write("update gateway_invoice set url = null")
      try await expectSame("not open yet")
      try await scene.payment.write("update gateway_invoice set url = 'https://bayar.test/1'")
      try await scene.deliver("PAID")
      try await expectSame("paid")
    }
  }

  @Test func `a payment without an invoice is shown without one`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(70_000)
      let created = try await scene.create(scene.request(60_000, shipping: 10_000, wallet: 70_000))
      let id = try #require(created.data["payments"]?[0]?["id"]?.string)
      let mine = try await scene.payment.call("GetPayment", path: [("id", id)], caller: .user(scene.buyer))
      #expect(mine.data == created.data["payments"]?[0])
      #expect(mine.data["invoice"] == .null && mine.data["lines"]?.array?.count == 1)
    }
  }

  @Test func `a payment is found by indexes alone`() async throws {
    try await PaymentScene.run { scene in
      for statement in [ShownPayment.select(sampleID(1)), ShownPayment.select(ofOrder: scene.order)] {
        let plan = try await scene.payment.plan(statement)
        #expect(!plan.contains("Seq Scan"), "\(plan)")
      }
    }
  }

  @Test func `channels that can't collect an amount are left out`() async throws {
    try await PaymentScene.run { scene in
      func codes(_ query: [(name: String, value: String)]) async throws -> [String] {
        let reply = try await scene.payment.call("ListChannels", query: query)
        return reply.data.array?.compactMap { $0["code"]?.string } ?? []
      }
      let all = try await codes([])
      #expect(all.first == "qris")
      #expect(!all.contains("none"))
      let large = try await codes([("amount", "60000000")])
      #expect(large == ["va_bni", "va_bri", "va_mandiri", "va_bsi", "va_permata", "card_credit"])
    }
  }
}
