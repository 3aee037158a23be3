import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import PaymentFunctions

private let anna = Caller(userID: sampleID(8), role: .financeAdmin, isPrivileged: true)
private let budi = Caller(userID: sampleID(9), role: .admin, isPrivileged: true)

@Suite struct BazaarTests {
  private static func request(
    _ scene: PayoutScene, seller: Int = 2, _ changes: [(String, JSON)] = [], key: String = "b"
  ) async throws -> TestReply {
    var body: JSONObject = [
      "sellerId": .string(sampleID(seller).description),
      "bank": ["code": "ID_BCA", "accountNumber": "0123456789", "holder": "Budi Santoso"],
    ]
    for (name, value) in changes { body[name] = value }
    return try await scene.payment.call("RequestBazaarPayment", body: .object(body), caller: anna, key: key)
  }

  private static func approve(_ scene: PayoutScene, _ id: String, by caller: Caller = budi) async throws -> TestReply {
    try await scene.payment.call("ApproveBazaarPayment", path: [("id", id)], caller: caller)
  }

  private static func status(_ scene: PayoutScene) async throws -> String {
    try await scene.payment.one("select status from bazaar_sponsorship_payment", as: String.self)
  }

  @Test func `one asks, another consents, and the seller is paid a million`() async throws {
    try await PayoutScene.run { scene in
      let asked = try await Self.request(scene)
      #expect(asked.status == 201 && asked.data["amount"] == 1_000_000 && asked.data["status"] == "requested")
      #expect(
        asked.data["accountLast4"] == "6789" && !String(decoding: asked.body, as: UTF8.self).contains("0123456789"))
      let id = try #require(asked.data["id"]?.string)
      #expect(scene.bank.calls == 0)
      #expect(try await Self.approve(scene, id, by: anna).code == "same_approver")
      let approved = try await Self.approve(scene, id)
      #expect(
        approved.data["status"] == "processing" && approved.data["approvedBy"] == .string(sampleID(9).description))
      #expect(try await scene.balances() == ["exp:bazaar": 1_000_000, "liab:payout": -1_000_000])
      #expect(try await Self.approve(scene, id).code == "invalid_state")
      for _ in 0..<2 { try await scene.deliver("SUCCEEDED") }
      #expect(try await Self.status(scene) == "paid")
      #expect(try await scene.balances() == ["exp:bazaar": 1_000_000, "asset:xendit": -1_000_000])
      #expect(try await scene.told() == ["payout.completed"])
      #expect(scene.bank.payouts.count == 1)
    }
  }

  @Test func `a seller is paid once`() async throws {
    try await PayoutScene.run { scene in
      #expect(try await Self.request(scene).status == 201)
      #expect(try await Self.request(scene, key: "other").code == "already_sponsored")
      #expect(try await Self.request(scene, seller: 3, [("amount", 500_000)], key: "third").data["amount"] == 500_000)
      let list = try await scene.payment.call(
        "ListBazaarPayments", query: [("sellerId", sampleID(3).description)], caller: anna)
      #expect(list.data.array?.count == 1)
      let requested = try await scene.payment.call(
        "ListBazaarPayments", query: [("status", "requested"), ("limit", "1")], caller: anna)
      #expect(requested.data.array?.count == 1 && requested.json["meta"]?["nextCursor"]?.string != nil)
      let odd = try await scene.payment.call("ListBazaarPayments", query: [("status", "odd")], caller: anna)
      #expect(odd.status == 422)
    }
  }

  @Test func `what was asked for wrongly is taken back before anybody consents, and asked for anew`() async throws {
    try await PayoutScene.run { scene in
      func cancel(_ id: String, _ reason: String = "wrong account") async throws -> TestReply {
        try await scene.payment.call(
          "CancelBazaarPayment", path: [("id", id)], body: ["reason": .string(reason)], caller: anna)
      }
      let wrong = try #require(try await Self.request(scene).data["id"]?.string)
      #expect(try await cancel(wrong, "x").status == 422)
      #expect(try await cancel(wrong).data["status"] == "cancelled")
      #expect(try await cancel(wrong).code == "invalid_state")
      #expect(try await Self.approve(scene, wrong).code == "invalid_state")
      let right = try #require(try await Self.request(scene, key: "again").data["id"]?.string)
      #expect(try await Self.request(scene, key: "third").code == "already_sponsored")
      #expect(try await Self.approve(scene, right).status == 200)
      #expect(try await cancel(right).code == "invalid_state")
      #expect(try await cancel(sampleID(1).description).status == 404)
      #expect(scene.bank.payouts.count == 1)
    }
  }

  @Test func `consent and taking back at once end in one of the two`() async throws {
    try await PayoutScene.run { scene in
      let id = try #require(try await Self.request(scene).data["id"]?.string)
      async let approved = Self.approve(scene, id).status
      async let cancelled = scene.payment.call(
        "CancelBazaarPayment", path: [("id", id)], body: ["reason": "not now"], caller: anna
      ).status
      let statuses = try await [approved, cancelled]
      #expect(statuses.sorted() == [200, 409])
      #expect(scene.bank.payouts.count == (statuses[0] == 200 ? 1 : 0))
    }
  }

  @Test func `consents at once pay once`() async throws {
    try await PayoutScene.run { scene in
      let id = try #require(try await Self.request(scene).data["id"]?.string)
      let replies = try await withThrowingTaskGroup { group in
        for _ in 0..<4 { group.addTask { try await Self.approve(scene, id).status } }
        return try await group.reduce(into: [Int]()) { $0.append($1) }
      }
      #expect(replies.sorted() == [200, 409, 409, 409])
      #expect(scene.bank.payouts.count == 1)
    }
  }

  @Test func `what fails can be tried again, and what comes back is not paid`() async throws {
    try await PayoutScene.run { scene in
      let id = try #require(try await Self.request(scene).data["id"]?.string)
      #expect(try await Self.approve(scene, id).status == 200)
      try await scene.deliver("FAILED", failure: "INVALID_DESTINATION")
      #expect(try await Self.status(scene) == "failed")
      #expect(try await scene.balances() == [:])
      #expect(try await scene.retry().status == 200)
      #expect(try await Self.status(scene) == "processing")
      try await scene.deliver("SUCCEEDED")
      #expect(try await Self.status(scene) == "paid")
      try await scene.deliver("REVERSED")
      #expect(try await Self.status(scene) == "failed")
      #expect(try await scene.balances() == [:])
    }
  }

  @Test func `bad requests are refused, field by field`() async throws {
    try await PayoutScene.run { scene in
      let nothing = try await Self.request(scene, [("amount", 0)])
      #expect(nothing.status == 422)
      #expect(
        try await Self.request(scene, [("bank", ["code": "ID_BCA", "accountNumber": "x", "holder": "B"])]).status == 422
      )
      let unknown: JSON = ["code": "ID_NONE", "accountNumber": "12345", "holder": "B"]
      #expect(try await Self.request(scene, [("bank", unknown)], key: "u").code == "channel_disabled")
      #expect(try await Self.request(scene, [("amount", 100)], key: "s").code == "amount_out_of_range")
      #expect(try await Self.approve(scene, sampleID(1).description).status == 404)
    }
  }
}
