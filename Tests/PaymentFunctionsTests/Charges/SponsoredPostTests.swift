import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import PaymentFunctions

@Suite struct SponsoredPostTests {
  private static let post = sampleID(400)
  private static let advertiser = sampleID(41)

  private static func tell(_ scene: PaymentScene, changes: [(String, JSON)] = []) async throws {
    var data = JSONObject([
      ("sponsoredPostId", .string(post.description)), ("postId", .string(sampleID(401).description)),
      ("sellerId", .string(scene.seller.description)), ("userId", .string(advertiser.description)),
      ("budget", 500_000), ("fundingSource", "gateway"),
      ("paymentDueAt", .string((scene.payment.clock.now + .hours(24)).description)),
    ])
    for (name, value) in changes { data[name] = value }
    try await scene.payment.handle("CreateSponsoredPostPayment", type: "sponsored_post.created", data: .object(data))
  }

  private static func cancel(_ scene: PaymentScene) async throws {
    try await scene.payment.handle(
      "CancelSponsoredPostPayment", type: "sponsored_post.cancelled",
      data: ["sponsoredPostId": .string(post.description)])
  }

  private static func pay(
    _ scene: PaymentScene, _ body: JSON = [:], key: String = "k", by user: ID? = nil
  ) async throws -> TestReply {
    try await scene.payment.call(
      "PaySponsoredPost", path: [("sponsoredPostId", post.description)], body: body,
      caller: .user(user ?? advertiser), key: key)
  }

  private static func status(_ scene: PaymentScene) async throws -> String {
    try await scene.payment.one("select status from sponsored_post_payment")
  }

  @Test func `a campaign is paid with the fee on its budget, and is revenue at once`() async throws {
    try await PaymentScene.run { scene in
      for _ in 0..<2 { try await Self.tell(scene) }
      #expect(try await scene.statuses() == ["pending"])
      let reply = try await Self.pay(scene, ["channel": "qris"])
      #expect(reply.status == 201)
      #expect(reply.data["payment"]?["feeAmount"] == 16_500 && reply.data["payment"]?["amount"] == 516_500)
      #expect(reply.data["invoice"]?["url"]?.string?.hasPrefix("https://pay.test/") == true)
      let shown = try await scene.payment.call(
        "GetSponsoredPostPayment", path: [("sponsoredPostId", Self.post.description)], caller: .user(Self.advertiser))
      #expect(shown.data["payment"]?["id"] == reply.data["payment"]?["id"])
      try await scene.deliver("PAID")
      #expect(
        try await scene.balances() == [
          "asset:xendit": 516_500, "rev:sponsored_post": -500_000, "rev:buyer_fee": -16_500,
        ])
      let kinds: [String] = try await scene.payment.query("select kind from transaction_ledger")
      #expect(kinds == ["capture_ad"])
      #expect(try await scene.eventTypes() == ["sponsored_post.paid"])
      let event = try #require(try await scene.payment.events().first)
      #expect(event.data["amount"] == 500_000 && event.data["sellerId"]?.string == scene.seller.description)
      #expect(try await Self.status(scene) == "paid")
      let commissions: Int = try await scene.payment.one("select count(*) from commission_ledger")
      #expect(commissions == 0)
      #expect(try await Self.pay(scene, key: "x").status == 409)
    }
  }

  @Test func `some of it from the wallet, by another channel, and still one live payment`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(100_000)
      try await Self.tell(scene)
      #expect(try await Self.pay(scene, ["channel": "qris"]).status == 201)
      let reply = try await Self.pay(scene, ["walletAmount": 100_000], key: "b")
      #expect(reply.status == 201 && reply.data["payment"]?["gatewayAmount"] == 413_600)
      #expect(try await scene.eventTypes().isEmpty)
      try await scene.deliver("PAID")
      #expect(try await scene.eventTypes() == ["sponsored_post.paid"])
      #expect(try await scene.balances()["clearing:wallet"] == 100_000)
    }
  }

  @Test func `what is not paid in time, or cancelled, is told as failed, once`() async throws {
    try await PaymentScene.run { scene in
      try await Self.tell(scene)
      scene.wait(.hours(25))
      try await scene.payment.fire("ExpirePayments")
      #expect(try await scene.payment.events().map { $0.data["reason"] } == ["expired"])
      #expect(try await Self.status(scene) == "expired")
      #expect(try await Self.pay(scene).code == "invalid_state")
    }
    try await PaymentScene.run { scene in
      try await Self.tell(scene)
      _ = try await Self.pay(scene)
      for _ in 0..<2 { try await Self.cancel(scene) }
      #expect(
        try await scene.payment.events("sponsored_post.payment_failed").map { $0.data["reason"] } == ["cancelled"])
      #expect(try await scene.statuses() == ["cancelled"])
    }
  }

  @Test func `a paid campaign that is cancelled keeps its money, and a refund takes it off the revenue`() async throws {
    try await PaymentScene.run { scene in
      try await Self.tell(scene)
      let made = try await Self.pay(scene)
      try await scene.deliver("PAID", changes: [("payment_channel", "BCA")])
      try await Self.cancel(scene)
      #expect(try await scene.statuses() == ["paid"])
      let refund = try await scene.payment.call(
        "CreateRefund",
        body: ["paymentId": made.data["payment"]?["id"] ?? .null, "reason": "other", "amount": 200_000],
        caller: .service, key: "r")
      #expect(refund.status == 201 && refund.data["orderId"]?.isNull == true)
      #expect(try await scene.balances()["rev:sponsored_post"] == -300_000)
      #expect(try await scene.balances()["clearing:wallet"] == -200_000)
    }
  }

  @Test func `another purse, a cancelled campaign, and somebody else's`() async throws {
    try await PaymentScene.run { scene in
      try await Self.tell(scene, changes: [("fundingSource", "wallet")])
      #expect(try await scene.statuses().isEmpty)
      try await Self.cancel(scene)
      try await Self.tell(scene)
      #expect(try await scene.statuses().isEmpty)
    }
    try await PaymentScene.run { scene in
      try await Self.tell(scene, changes: [("fundingSource", .null)])
      #expect(try await scene.statuses() == ["pending"])
      #expect(try await Self.pay(scene, by: scene.buyer).status == 404)
      let shown = try await scene.payment.call(
        "GetSponsoredPostPayment", path: [("sponsoredPostId", Self.post.description)], caller: .user(scene.buyer))
      #expect(shown.status == 404)
    }
  }
}
