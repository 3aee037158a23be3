import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import PaymentFunctions

@Suite struct PolicyTests {
  private static func set(_ scene: PaymentScene, _ body: JSON) async throws -> TestReply {
    try await scene.payment.call("SetFeePolicy", body: body, caller: finance)
  }

  @Test func `a new fee counts from its moment on, and takes the place of the one before`() async throws {
    try await PaymentScene.run { scene in
      let tomorrow = scene.payment.clock.now + .days(1)
      let set = try await Self.set(
        scene, ["rateBp": 100, "fixedAmount": 500, "effectiveFrom": .string(tomorrow.description)])
      #expect(set.status == 200 && set.data["base"] == "goods" && set.data["effectiveTo"] == .null)
      #expect(try await scene.create(scene.request(100_000)).data["feeTotal"] == 4_900)
      scene.wait(.days(2))
      var later = try #require(scene.request(100_000).object)
      later["orders"] = [
        [
          "orderId": .string(sampleID(500).description), "orderNumber": "ORD-9", "lines": [scene.line(100_000)],
        ]
      ]
      #expect(try await scene.create(.object(later), key: "later").data["feeTotal"] == 1_500)
    }
  }

  @Test func `periods of the same policy never overlap`() async throws {
    try await PaymentScene.run { scene in
      let now = scene.payment.clock.now
      func day(_ number: Int64) -> JSON { .string((now + .days(number)).description) }
      let promotion: JSON = [
        "channelKind": "qris", "rateBp": 0, "effectiveFrom": day(5), "effectiveTo": day(10),
      ]
      let first = try await Self.set(scene, promotion)
      #expect(first.status == 200)
      #expect(try await Self.set(scene, promotion).code == "overlapping_period")
      for (from, to) in [(4, 6), (9, 11), (6, 7)] as [(Int64, Int64)] {
        let body: JSON = ["channelKind": "qris", "rateBp": 1, "effectiveFrom": day(from), "effectiveTo": day(to)]
        #expect(try await Self.set(scene, body).code == "overlapping_period")
      }
      let after: JSON = ["channelKind": "qris", "rateBp": 1, "effectiveFrom": day(10)]
      #expect(try await Self.set(scene, after).status == 200)
      #expect(try await Self.set(scene, ["rateBp": 1, "effectiveFrom": day(-1)]).status == 422)
      #expect(try await Self.set(scene, ["rateBp": 10_001, "effectiveFrom": day(1)]).status == 422)
      #expect(
        try await Self.set(scene, ["rateBp": 1, "effectiveFrom": day(1), "effectiveTo": day(2)]).status == 422)
    }
  }

  @Test func `a channel is switched off and on, within limits that make sense`() async throws {
    try await PaymentScene.run { scene in
      func set(_ code: String, _ body: JSON) async throws -> TestReply {
        try await scene.payment.call("SetChannel", path: [("code", code)], body: body, caller: finance)
      }
      #expect(try await set("qris", ["enabled": false]).data["enabled"] == false)
      var request = try #require(scene.request(50_000).object)
      request["channel"] = "qris"
      #expect(try await scene.create(.object(request)).code == "channel_disabled")
      let limited = try await set("qris", ["enabled": true, "minAmount": 100_000])
      #expect(limited.data["minAmount"] == 100_000 && limited.data["maxAmount"] == 10_000_000)
      #expect(try await scene.create(.object(request), key: "k2").code == "amount_out_of_range")
      #expect(try await set("qris", ["maxAmount": 1]).status == 422)
      #expect(try await set("qris", ["minAmount": -1]).status == 422)
      #expect(try await set("none_such", ["enabled": true]).status == 404)
    }
  }
}
