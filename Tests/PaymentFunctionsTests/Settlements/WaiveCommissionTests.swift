import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct WaiveCommissionTests {
  private static let finance = Caller(userID: sampleID(9), role: .financeAdmin, isPrivileged: true)

  private static func waive(_ scene: PaymentScene) async throws -> TestReply {
    try await scene.payment.call(
      "WaiveCommission", path: [("orderId", scene.order.description)],
      body: ["sellerId": .string(scene.seller.description), "reason": "campaign"], caller: finance)
  }

  @Test func `a waived commission stays waived, and is announced once`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(250_000)
      let reply = try await Self.waive(scene)
      #expect(reply.data["status"] == "waived" && reply.data["commissionAmount"] == 1250)
      #expect(try await Self.waive(scene).code == "invalid_state")
      #expect(try await scene.payment.events("commission.waived").count == 1)
    }
  }

  @Test func `one that was collected is not waived`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(250_000)
      try await scene.payment.write("update commission_ledger set status = 'collected'")
      #expect(try await Self.waive(scene).status == 409)
    }
  }

  @Test func `a commission is found by id, number and order`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(250_000)
      let list = try await scene.payment.call(
        "ListOrderCommissions", path: [("orderId", scene.order.description)], caller: .service)
      let found = try #require(list.data.array?.first)
      let id = try #require(found["id"]?.string)
      let number = try #require(found["ledgerNumber"]?.string)
      let byID = try await scene.payment.call("GetCommission", path: [("id", id)], caller: .service)
      let byNumber = try await scene.payment.call(
        "GetCommissionByNumber", path: [("number", number)], caller: .service)
      #expect(byID.data == found && byNumber.data == found)
      let other = sampleID(77).description
      #expect(try await scene.payment.call("GetCommission", path: [("id", other)], caller: .service).status == 404)
    }
  }
}
