import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct GetRefundTests {
  @Test func `the buyer sees a refund, and nobody else learns that it exists`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000, by: "BCA")
      let made = try await scene.refund("other")
      let id = try #require(made.data["id"]?.string)
      let mine = try await scene.payment.call("GetRefund", path: [("id", id)], caller: .user(scene.buyer))
      #expect(mine.data == made.data && mine.header("etag") == made.header("etag"))
      let theirs = try await scene.payment.call("GetRefund", path: [("id", id)], caller: .user(sampleID(66)))
      #expect(theirs.status == 404)
    }
  }

  @Test func `lists show the buyer's own, newest first and page by page`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000, by: "BCA")
      for number in 0..<3 {
        scene.wait(.seconds(1))
        try await scene.refund("other", [("amount", .number(JSONNumber(number + 1)))], key: "\(number)")
      }
      func amounts(_ query: [(name: String, value: String)], by user: ID) async throws -> (TestReply, [JSON?]) {
        let reply = try await scene.payment.call("ListMyRefunds", query: query, caller: .user(user))
        return (reply, reply.data.array?.map { $0["amount"] } ?? [])
      }
      let (first, firstAmounts) = try await amounts([("limit", "2")], by: scene.buyer)
      #expect(firstAmounts == [3, 2])
      let next = try #require(first.json["meta"]?["nextCursor"]?.string)
      let (last, lastAmounts) = try await amounts([("limit", "2"), ("cursor", next)], by: scene.buyer)
      #expect(lastAmounts == [1] && last.json["meta"]?["nextCursor"]?.isNull == true)
      #expect(try await amounts([("status", "failed")], by: scene.buyer).1.isEmpty)
      #expect(try await amounts([], by: sampleID(66)).1.isEmpty)
    }
  }

  @Test func `an order's refunds are for its payer`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000, by: "BCA")
      try await scene.refund("other")
      func list(_ caller: Caller) async throws -> TestReply {
        try await scene.payment.call(
          "ListRefundsByOrder", path: [("orderId", scene.order.description)], caller: caller)
      }
      #expect(try await list(.user(scene.buyer)).data.array?.count == 1)
      #expect(try await list(.service).data.array?.count == 1)
      #expect(try await list(.user(sampleID(66))).status == 404)
    }
  }
}
