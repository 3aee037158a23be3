import FunctionKit
import PlatformTesting
import Testing

@Suite struct `Idempotency keys` {
  @Test(arguments: chargeRoutes)
  func `a repeat gets the first answer, marked as such, time after time`(path: String) async throws {
    try await withPlatform([chargeTill], tillSetting) { platform in
      let first = try await platform.post(path, key("k"), #"{"amount":5}"#)
      #expect(first.status == 201)
      #expect(first["idempotency-replayed"] == nil)
      for _ in 0..<30 {
        let repeated = try await platform.post(path, key("k"), #"{"amount":5}"#)
        #expect(repeated.status == 201)
        #expect(repeated.body == first.body)
        #expect(repeated["content-type"] == first["content-type"])
        #expect(repeated["location"] == "/charges/1")
        #expect(repeated["idempotency-replayed"] == "true")
      }
      #expect(try await platform.count("charge") == 1)
    }
  }

  @Test(arguments: chargeRoutes)
  func `another request under the same key is refused`(path: String) async throws {
    try await withPlatform([chargeTill], tillSetting) { platform in
      _ = try await platform.post(path, key("k"), #"{"amount":5}"#)
      for (path, body) in [(path, #"{"amount":6}"#), ("\(path)?x=1", #"{"amount":5}"#)] {
        let reply = try await platform.post(path, key("k"), body)
        #expect(reply.status == 422)
        #expect(reply.code == "idempotency_key_reused")
      }
      #expect(try await platform.count("charge") == 1)
    }
  }

  @Test(arguments: chargeRoutes)
  func `fifty at once have one effect, and all others are told to wait or get its answer`(path: String) async throws {
    try await withPlatform([chargeTill], tillSetting) { platform in
      let replies = try await withThrowingTaskGroup(of: Answer.self) { group in
        for _ in 0..<50 { group.addTask { try await platform.post(path, key("k"), #"{"amount":5}"#) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(try await platform.count("charge") == 1)
      #expect(replies.filter { $0.status == 201 && $0["idempotency-replayed"] == nil }.count == 1)
      #expect(Set(replies.filter { $0.status == 201 }.map(\.text)).count == 1)
      #expect(
        replies.filter { $0.status != 201 }.allSatisfy { $0.status == 409 && $0.code == "idempotency_in_progress" })
      #expect(try await platform.post(path, key("k"), #"{"amount":5}"#)["idempotency-replayed"] == "true")
    }
  }

  @Test(arguments: chargeRoutes)
  func `each caller has keys of their own`(path: String) async throws {
    try await withPlatform([chargeTill], tillSetting) { platform in
      for (number, caller) in [Keys.asService, Keys.asUser(), Keys.asUser(Keys.otherUser)].enumerated() {
        let reply = try await platform.post(path, key("k", caller), #"{"amount":\#(number)}"#)
        #expect(reply.status == 201)
        #expect(reply["idempotency-replayed"] == nil)
      }
      #expect(try await platform.count("charge") == 3)
    }
  }

  @Test(arguments: chargeRoutes)
  func `a failure is not kept, so the repeat tries again`(path: String) async throws {
    try await withPlatform([chargeTill], tillSetting) { platform in
      let failed = try await platform.post(path, key("k"), #"{"amount":5,"fails":true}"#)
      #expect(failed.status == 500)
      #expect(try await platform.count("lakoo.idempotency") == 0)
      let reply = try await platform.post(path, key("k"), #"{"amount":5}"#)
      #expect(reply.status == 201)
      #expect(reply["idempotency-replayed"] == nil)
      #expect(try await platform.count("charge") == 1)
    }
  }
}
