import FunctionKit
import PlatformTesting
import Runtime
import Testing

@Suite struct `The life of an idempotency key` {
  @Test(arguments: chargeRoutes)
  func `an answer is kept for 24 hours by the host's clock`(path: String) async throws {
    try await withPlatform([chargeTill], tillSetting) { platform in
      _ = try await platform.post(path, key("k"), #"{"amount":5}"#)
      platform.clock.advance(by: .hours(24) - .seconds(60))
      let kept = try await platform.post(path, key("k"), #"{"amount":5}"#)
      #expect(kept["idempotency-replayed"] == "true")
      platform.clock.advance(by: .seconds(61))
      let anew = try await platform.post(path, key("k"), #"{"amount":6}"#)
      #expect(anew.status == 201)
      #expect(anew["idempotency-replayed"] == nil)
      #expect(try await platform.count("charge") == 2)
    }
  }

  @Test func `a key is asked for where the manifest requires it, and has to be one`() async throws {
    try await withPlatform([chargeTill], tillSetting) { platform in
      let missing = try await platform.post("/charge", Keys.asService, #"{"amount":5}"#)
      #expect(missing.status == 400)
      #expect(missing.code == "idempotency_key_required")
      for bad in ["", "é", String(repeating: "k", count: 256)] {
        let reply = try await platform.post("/charge", key(bad), #"{"amount":5}"#)
        #expect(reply.status == 400)
        #expect(reply.code == "invalid_idempotency_key", "\(bad)")
      }
      #expect(
        try await platform.post("/charge", key(String(repeating: "k", count: 255)), #"{"amount":5}"#).status == 201)
      for _ in 0..<2 { #expect(try await platform.post("/charge-maybe", [], #"{"amount":5}"#).status == 200) }
      for _ in 0..<2 { #expect(try await platform.post("/charge-maybe", key("k"), #"{"amount":5}"#).status == 200) }
      #expect(try await platform.count("charge") == 4)
    }
  }

  @Test func `what a crash left half done is taken over when its lease has run out`() async throws {
    try await withPlatform([chargeTill], tillSetting) { platform in
      _ = try await platform.post("/charge-by-itself", key("k"), #"{"amount":5}"#)
      try await platform.write(
        "update lakoo.idempotency set status = null, body = null, lease_until = clock_timestamp() + interval '1 minute'"
      )
      let waiting = try await platform.post("/charge-by-itself", key("k"), #"{"amount":5}"#)
      #expect(waiting.status == 409)
      #expect(waiting.code == "idempotency_in_progress")
      try await platform.write("update lakoo.idempotency set lease_until = clock_timestamp()")
      let other = try await platform.post("/charge-by-itself", key("k"), #"{"amount":6}"#)
      #expect(other.status == 422)
      let takenOver = try await platform.post("/charge-by-itself", key("k"), #"{"amount":5}"#)
      #expect(takenOver.status == 201)
      #expect(takenOver["idempotency-replayed"] == nil)
      #expect(try await platform.count("charge") == 2)
      #expect(try await platform.post("/charge-by-itself", key("k"), #"{"amount":5}"#).body == takenOver.body)
    }
  }
}
