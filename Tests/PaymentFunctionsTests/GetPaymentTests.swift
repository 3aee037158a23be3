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
