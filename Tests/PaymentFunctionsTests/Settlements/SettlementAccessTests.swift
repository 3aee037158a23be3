import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

/// Whose settlements and commissions somebody sees.
@Suite struct SettlementAccessTests {
  private static func settled(_ scene: PaymentScene) async throws {
    try scene.go(to: "2026-01-14T10:00:00+07:00")
    for seller in 1...2 {
      try await scene.sell(100_000 * seller, seller, by: seller)
      try await scene.complete(seller)
    }
    try scene.go(to: "2026-01-19T02:00:00+07:00")
    try await scene.payment.fire("WeeklySettlement")
  }

  private static func list(
    _ scene: PaymentScene, _ caller: Caller, _ query: [(String, String)] = []
  ) async throws -> TestReply {
    try await scene.payment.call(
      "ListSettlements", query: query.map { (name: $0.0, value: $0.1) }, caller: caller)
  }

  @Test func `a seller lists their own settlements, finance everybody's, newest first`() async throws {
    try await PaymentScene.run { scene in
      try await Self.settled(scene)
      let own = try await Self.list(scene, sellerCaller(1)).data
      #expect(own.array?.count == 1 && own[0]?["sellerId"]?.string == sellerID(1).description)
      let all = try await Self.list(scene, finance)
      let ids = all.data.array?.compactMap { $0["id"]?.string } ?? []
      #expect(ids.count == 2 && ids == ids.sorted(by: >))
      let first = try await Self.list(scene, finance, [("limit", "1")])
      let cursor = try #require(first.json["meta"]?["nextCursor"]?.string)
      #expect(
        try await Self.list(scene, finance, [("cursor", cursor)]).data.array?.map { $0["id"]?.string } == [ids[1]])
      let filtered = try await Self.list(scene, finance, [("sellerId", sellerID(2).description)]).data
      #expect(filtered.array?.count == 1)
      #expect(try await Self.list(scene, finance, [("status", "held")]).data == [])
      #expect(try await Self.list(scene, finance, [("from", "2026-01-20T00:00:00Z")]).data == [])
      #expect(try await Self.list(scene, finance, [("limit", "0")]).status == 422)
      #expect(try await Self.list(scene, finance, [("cursor", "ff")]).code == "invalid_cursor")
    }
  }

  @Test func `another seller's settlement is not found, nor is anything of theirs`() async throws {
    try await PaymentScene.run { scene in
      try await Self.settled(scene)
      let id = try await scene.payment.one(
        "select id::text from settlement where seller_id = \(sellerID(1))", as: String.self)
      func get(_ caller: Caller) async throws -> TestReply {
        try await scene.payment.call("GetSettlement", path: [("id", id)], caller: caller)
      }
      let own = try await get(sellerCaller(1))
      #expect(own.data["settlement"]?["net"] == 99_500 && own.header("etag") == "\"0\"")
      #expect(own.data["lines"]?[0]?["commission"] == 500)
      let stranger = Caller.user(sampleID(60))
      for caller in [sellerCaller(2), stranger] {
        #expect(try await get(caller).status == 404)
        #expect(try await Self.list(scene, caller, [("sellerId", sellerID(1).description)]).status == 404)
        for function in ["ListSellerCommissions", "SellerCommissionStats"] {
          let reply = try await scene.payment.call(
            function, path: [("sellerId", sellerID(1).description)], caller: caller)
          #expect(reply.status == 404, "\(function)")
        }
        let preview = try await scene.payment.call(
          "PreviewSettlement", query: [("sellerId", sellerID(1).description)], caller: caller)
        #expect(preview.status == 404)
      }
      #expect(try await get(finance).status == 200)
      #expect(try await Self.list(scene, stranger).status == 404)
    }
  }

  @Test func `a preview tells what is due now`() async throws {
    try await PaymentScene.run { scene in
      try await Self.settled(scene)
      try await scene.sell(30_000, 7, by: 1)
      try await scene.complete(7, at: scene.now - .minutes(1))
      try await scene.adjust("ad_spend", -5000, 1, reference: 70)
      let preview = try await scene.payment.call("PreviewSettlement", caller: sellerCaller(1)).data
      #expect(preview["net"] == 24_850 && preview["status"] == "carried_forward" && preview["orderCount"] == 1)
      #expect(preview["adjustmentList"]?[0]?["amount"] == -5000)
      #expect(try await scene.settlements(of: 1).count == 1, "nothing is saved")
      #expect(try await scene.payment.call("PreviewSettlement", caller: finance).status == 422)
    }
  }

  @Test func `a seller's commissions, and what they come to`() async throws {
    try await PaymentScene.run { scene in
      try await Self.settled(scene)
      try await scene.sell(30_000, 7, by: 1)
      try await scene.sell(50_000, 8, by: 1)
      try await scene.complete(8)
      func path() -> [(name: String, value: String)] { [("sellerId", sellerID(1).description)] }
      let list = try await scene.payment.call("ListSellerCommissions", path: path(), caller: sellerCaller(1)).data
      #expect(list.array?.map { $0["status"]?.string } == ["collectible", "pending", "collected"])
      let pending = try await scene.payment.call(
        "ListSellerCommissions", path: path(), query: [("status", "pending")], caller: .service
      ).data
      #expect(pending.array?.count == 1)
      let stats = try await scene.payment.call("SellerCommissionStats", path: path(), caller: sellerCaller(1)).data
      #expect(
        stats == [
          "pending": 150, "collectible": 250, "collected": 500, "waived": 0, "refunded": 0, "lifetime": 500,
        ])
    }
  }
}
