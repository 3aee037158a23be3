import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct CancelAndSyncTests {
  private static func create(_ scene: PaymentScene, wallet: Int = 0) async throws -> JSON? {
    try await scene.create(scene.request(100_000, wallet: wallet)).data["payments"]?[0]?["id"]
  }

  @Test func `an unpaid payment ends here, at the provider, and at the wallet`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(40_000)
      let id = try await Self.create(scene, wallet: 40_000)
      let reply = try await scene.act("CancelPayment", on: id, body: ["reason": "Salah pesan"])
      #expect(reply.status == 200 && reply.data["status"] == "cancelled")
      #expect(scene.xendit.invoices.map { $0["status"] } == ["EXPIRED"])
      #expect(scene.wallet.balance == 40_000)
      #expect(try await scene.payment.events("payment.cancelled").map { $0.data["reason"] } == ["Salah pesan"])
      #expect(try await scene.act("CancelPayment", on: id).data["status"] == "cancelled")
      let actors = try await scene.payment.query(
        "select actor from state_history where to_state = 'cancelled'", as: String.self)
      #expect(actors == [scene.buyer.description])
    }
  }

  @Test func `what the provider has collected is captured and not cancelled`() async throws {
    try await PaymentScene.run { scene in
      let id = try await Self.create(scene)
      scene.xendit.change(["status": "PAID"])
      let reply = try await scene.act("CancelPayment", on: id)
      #expect(reply.status == 409 && reply.code == "already_collected")
      #expect(try await scene.statuses() == ["paid"])
      #expect(try await scene.act("CancelPayment", on: id).code == "invalid_state")
    }
  }

  @Test func `money that waits for the wallet is collected too`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(40_000)
      let id = try await Self.create(scene, wallet: 40_000)
      scene.wallet.beDown(true)
      try await scene.deliver("PAID")
      #expect(try await scene.act("CancelPayment", on: id).code == "already_collected")
      #expect(try await scene.statuses() == ["awaiting_payment"])
    }
  }

  @Test func `nothing ends while the provider can't be asked, and nobody else ends it`() async throws {
    try await PaymentScene.run { scene in
      let id = try await Self.create(scene)
      #expect(try await scene.act("CancelPayment", on: id, by: .user(sampleID(66))).status == 404)
      scene.xendit.become(.down)
      let reply = try await scene.act("CancelPayment", on: id)
      #expect(reply.status == 503 && reply.code == "gateway_unavailable")
      #expect(try await scene.statuses() == ["awaiting_payment"])
    }
  }

  @Test func `asking finds what no webhook told, once in ten seconds`() async throws {
    try await PaymentScene.run { scene in
      let id = try await Self.create(scene)
      #expect(try await scene.act("SyncPayment", on: id).data["status"] == "awaiting_payment")
      let early = try await scene.act("SyncPayment", on: id)
      #expect(early.status == 429 && early.code == "rate_limited" && early.header("retry-after") == "10")
      scene.xendit.change(["status": "PAID"])
      scene.wait(.seconds(10))
      #expect(try await scene.act("SyncPayment", on: id).data["status"] == "paid")
      #expect(try await scene.act("SyncPayment", on: id, by: .user(sampleID(66))).status == 404)
    }
  }

  @Test func `by order, the provider is asked first if wished, and not twice at once`() async throws {
    try await PaymentScene.run { scene in
      _ = try await Self.create(scene)
      scene.xendit.change(["status": "PAID"])
      func look(_ sync: String) async throws -> JSON? {
        let reply = try await scene.payment.call(
          "GetPaymentByOrder", path: [("orderId", scene.order.description)], query: [("sync", sync)],
          caller: .user(scene.buyer))
        return reply.data["status"]
      }
      #expect(try await look("false") == "awaiting_payment")
      #expect(try await look("true") == "paid")
      #expect(try await look("true") == "paid")
      #expect(scene.xendit.calls.filter { $0.hasPrefix("GET /v2/invoices/") }.count == 1)
    }
  }

  @Test func `a user lists what is theirs, newest first, in pages`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000, 50_000, 20_000))
      func list(_ query: [(name: String, value: String)], _ user: ID) async throws -> TestReply {
        try await scene.payment.call("ListMyPayments", query: query, caller: .user(user))
      }
      let first = try await list([("limit", "2")], scene.buyer)
      #expect(first.data.array?.map { $0["orderNumber"] } == ["ORD-2", "ORD-1"])
      #expect(first.data[0]?["invoice"]?["url"]?.string != nil && first.data[0]?["lines"]?.array?.count == 1)
      let cursor = try #require(first.json["meta"]?["nextCursor"]?.string)
      #expect(try await list([("limit", "2"), ("cursor", cursor)], scene.buyer).data.array?.count == 1)
      #expect(try await list([("status", "paid")], scene.buyer).data == [])
      #expect(try await list([("purpose", "wallet_topup")], scene.buyer).data == [])
      #expect(try await list([], sampleID(66)).data == [])
      let wide = [("from", "2026-01-01T00:00:00Z"), ("to", "2027-01-03T00:00:00Z")]
      #expect(try await list(wide.map { (name: $0.0, value: $0.1) }, scene.buyer).status == 422)
      #expect(try await list([("cursor", "00")], scene.buyer).code == "invalid_cursor")
    }
  }

  @Test(arguments: [
    (250_000, 20_000, 0, 9250, 279_250), (250_000, 20_000, 100_000, 6350, 176_350), (60_000, 10_000, 70_000, 0, 0),
    (99_900, 0, 0, 4897, 104_797), (500, 0, 0, 2015, 2515), (50, 0, 0, 2001, 2051), (1, 0, 0, 2000, 2001),
  ])
  func `a quote says what a bill would come to`(
    goods: Int, shipping: Int, wallet: Int, fee: Int, gateway: Int
  ) async throws {
    try await PaymentScene.run { scene in
      let reply = try await scene.payment.call(
        "QuoteFees",
        body: [
          "lines": [
            ["merchandiseAmount": .number(JSONNumber(goods)), "shippingAmount": .number(JSONNumber(shipping))]
          ], "walletAmount": .number(JSONNumber(wallet)),
        ], caller: .user(scene.buyer))
      #expect(reply.data["feeAmount"] == .number(JSONNumber(fee)))
      #expect(reply.data["gatewayAmount"] == .number(JSONNumber(gateway)))
      #expect(reply.data["amount"] == .number(JSONNumber(goods + shipping + fee)))
      #expect(reply.data["policy"]?["rateBp"] == 290)
    }
  }
}
