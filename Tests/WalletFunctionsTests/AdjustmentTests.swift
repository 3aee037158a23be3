import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import WalletFunctions

@Suite struct AdjustmentTests {
  private static func request(
    _ scene: WalletScene, _ amount: Int, by caller: Caller, bucket: JSON = "cash", expires: Duration? = nil
  ) async throws -> TestReply {
    var body: JSONObject = ["amount": .int(amount), "bucket": bucket, "reason": "a parcel that was lost"]
    if let expires { body["expiresAt"] = .time(scene.wallet.clock.now + expires) }
    return try await scene.wallet.call(
      "RequestAdjustment", path: [("id", "\(try await scene.walletID())")], body: .object(body), caller: caller,
      key: "\(scene.wallet.newID())")
  }

  private static func decide(
    _ scene: WalletScene, _ adjustment: TestReply, _ approve: Bool, by caller: Caller
  ) async throws -> TestReply {
    try await scene.wallet.call(
      "DecideAdjustment", path: [("id", adjustment.data["id"]?.string ?? "")], body: ["approve": .bool(approve)],
      caller: caller)
  }

  @Test func `finance corrects a little alone, and much with a second person`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(50_000)
      #expect(try await Self.request(scene, 1_000_000, by: scene.finance).data["status"] == "applied")
      let large = try await Self.request(scene, 1_000_001, by: scene.finance)
      #expect(large.data["status"] == "pending")
      #expect(try await Self.decide(scene, large, true, by: scene.finance).code == "same_approver")
      let applied = try await Self.decide(scene, large, true, by: scene.admin)
      #expect(applied.data["status"] == "applied")
      #expect(try await Self.decide(scene, large, false, by: scene.admin).code == "invalid_state")
      #expect(try await scene.balances() == .init(2_050_001))
      #expect(try await scene.account("exp:adjustment") == 2_000_001)
      let error = await #expect(throws: DatabaseError.self) {
        try await scene.wallet.write("update adjustment_request set decided_by = requested_by where amount = 1000001")
      }
      #expect(error?.sqlState == "23514")
    }
  }

  @Test func `support may ask for a little, and finance decides`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(50_000)
      #expect(try await Self.request(scene, 100_001, by: scene.support).code == "over_limit")
      let asked = try await Self.request(scene, 100_000, by: scene.support)
      #expect(asked.data["status"] == "pending")
      #expect(try await Self.decide(scene, asked, false, by: scene.finance).data["status"] == "rejected")
      #expect(try await scene.balances() == .init(50_000))
    }
  }

  @Test func `what is taken away is there, from either bucket`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(50_000)
      #expect(try await Self.request(scene, -50_001, by: scene.finance).code == "insufficient_balance")
      #expect(try await Self.request(scene, 8_000, by: scene.finance, bucket: "promo").code == "validation_failed")
      #expect(
        try await Self.request(scene, 8_000, by: scene.finance, bucket: "promo", expires: .days(9)).status == 201)
      #expect(try await Self.request(scene, -3_000, by: scene.finance, bucket: "promo").status == 201)
      #expect(try await Self.request(scene, -20_000, by: scene.finance).status == 201)
      #expect(try await scene.balances() == .init(30_000, 5_000))
      #expect(try await Self.request(scene, 0, by: scene.finance).code == "validation_failed")
    }
  }
}
