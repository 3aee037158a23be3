import FunctionKit
import FunctionTesting
import Runtime
import Testing

/// A caller that repeats itself, or seems to.
@Suite struct CreateAgainTests {
  @Test func `an interim answer is asked for anew, and the page to pay on comes when it is there`() async throws {
    try await PaymentScene.run { scene in
      scene.xendit.become(.down)
      #expect(try await scene.create(scene.request(100_000)).status == 202)
      scene.xendit.become(.well)
      scene.wait(.minutes(2))
      try await scene.payment.fire("RecoverGatewayCalls")
      let again = try await scene.create(scene.request(100_000))
      #expect(again.status == 201)
      #expect(again.data["invoice"]?["url"]?.string?.hasPrefix("https://pay.test/") == true)
      #expect(try await scene.payment.events("payment.created").count == 1)
    }
  }

  @Test func `the same key still gives the same payment after it was paid and the stored answer is gone`() async throws
  {
    try await PaymentScene.run { scene in
      let first = try await scene.create(scene.request(100_000))
      try await scene.deliver("PAID")
      try await scene.payment.write("delete from lakoo.idempotency")
      let again = try await scene.create(scene.request(100_000))
      #expect(again.status == 201)
      #expect(again.data["payments"]?[0]?["id"] == first.data["payments"]?[0]?["id"])
    }
  }

  @Test func `a key of another buyer or another amount is refused, and shows nothing`() async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      try await scene.payment.write("delete from lakoo.idempotency")
      var request = try #require(scene.request(100_000).object)
      request["userId"] = .string(scene.payment.newID().description)
      let stranger = try await scene.create(.object(request))
      #expect(stranger.status == 422 && stranger.code == "idempotency_key_reused")
      #expect(stranger.data.isNull)
      #expect(try await scene.create(scene.request(90_000)).code == "idempotency_key_reused")
      #expect(try await scene.statuses() == ["awaiting_payment"])
    }
  }
}
