import FunctionKit
import PlatformTesting
import Runtime
import Testing

struct ChargeInput: Decodable {
  var amount: Int
  var fails: Bool?
}

private func charge(_ input: ChargeInput, _ db: Database) async throws -> Int {
  let id: Int = try await db.one("insert into charge (amount) values (\(input.amount)) returning id")
  if input.fails == true { throw Mishap() }
  return id
}

private struct Charge: Endpoint {
  func handle(_ input: ChargeInput, context: Context) async throws -> Reply<Int> {
    Reply(try await charge(input, context.db), status: 201, headers: [(name: "location", value: "/charges/1")])
  }
}

private struct ChargeMaybe: Endpoint {
  func handle(_ input: ChargeInput, context: Context) async throws -> Int { try await charge(input, context.db) }
}

private struct ChargeByItself: Endpoint {
  func handle(_ input: ChargeInput, context: Context) async throws -> Reply<Int> {
    let id = try await context.transaction { try await charge(input, $0.db) }
    return Reply(id, status: 201, headers: [(name: "location", value: "/charges/1")])
  }
}

private let till = BundleSource(
  "till",
  """
  endpoints:
    Charge:         { route: POST /charge, access: [user, internal], idempotency: required }
    ChargeMaybe:    { route: POST /charge-maybe, access: public, idempotency: optional }
    ChargeByItself: { route: POST /charge-by-itself, access: [user, internal], idempotency: required, transaction: none }
  """, [.endpoint(Charge.self), .endpoint(ChargeMaybe.self), .endpoint(ChargeByItself.self)])

private func key(_ key: String, _ caller: [(String, String)] = Keys.asService) -> [(String, String)] {
  caller + [("idempotency-key", key)]
}

@Suite struct `Idempotency keys` {
  private static let routes = ["/charge", "/charge-by-itself"]

  @Test(arguments: routes)
  func `a repeat gets the first answer, marked as such, time after time`(path: String) async throws {
    try await withPlatform([till], tillSetting) { platform in
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

  @Test(arguments: routes)
  func `another request under the same key is refused`(path: String) async throws {
    try await withPlatform([till], tillSetting) { platform in
      _ = try await platform.post(path, key("k"), #"{"amount":5}"#)
      for (path, body) in [(path, #"{"amount":6}"#), ("\(path)?x=1", #"{"amount":5}"#)] {
        let reply = try await platform.post(path, key("k"), body)
        #expect(reply.status == 422)
        #expect(reply.code == "idempotency_key_reused")
      }
      #expect(try await platform.count("charge") == 1)
    }
  }

  @Test(arguments: routes)
  func `fifty at once have one effect, and all others are told to wait or get its answer`(path: String) async throws {
    try await withPlatform([till], tillSetting) { platform in
      let replies = try await withThrowingTaskGroup(of: Answer.self) { group in
        for _ in 0..<50 { group.addTask { try await platform.post(path, key("k"), #"{"amount":5}"#) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(try await platform.count("charge") == 1)
      #expect(replies.filter { $0.status == 201 && $0["idempotency-replayed"] == nil }.count == 1)
      #expect(Set(replies.filter { $0.status == 201 }.map(\.text)).count == 1)
      #expect(replies.filter { $0.status != 201 }.allSatisfy { $0.status == 409 && $0.code == "idempotency_in_progress" })
      #expect(try await platform.post(path, key("k"), #"{"amount":5}"#)["idempotency-replayed"] == "true")
    }
  }

  @Test(arguments: routes)
  func `each caller has keys of their own`(path: String) async throws {
    try await withPlatform([till], tillSetting) { platform in
      for (number, caller) in [Keys.asService, Keys.asUser(), Keys.asUser(Keys.otherUser)].enumerated() {
        let reply = try await platform.post(path, key("k", caller), #"{"amount":\#(number)}"#)
        #expect(reply.status == 201)
        #expect(reply["idempotency-replayed"] == nil)
      }
      #expect(try await platform.count("charge") == 3)
    }
  }

  @Test(arguments: routes)
  func `a failure is not kept, so the repeat tries again`(path: String) async throws {
    try await withPlatform([till], tillSetting) { platform in
      let failed = try await platform.post(path, key("k"), #"{"amount":5,"fails":true}"#)
      #expect(failed.status == 500)
      #expect(try await platform.count("lakoo.idempotency") == 0)
      let reply = try await platform.post(path, key("k"), #"{"amount":5}"#)
      #expect(reply.status == 201)
      #expect(reply["idempotency-replayed"] == nil)
      #expect(try await platform.count("charge") == 1)
    }
  }

  @Test(arguments: routes)
  func `an answer is kept for 24 hours by the host's clock`(path: String) async throws {
    try await withPlatform([till], tillSetting) { platform in
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
    try await withPlatform([till], tillSetting) { platform in
      let missing = try await platform.post("/charge", Keys.asService, #"{"amount":5}"#)
      #expect(missing.status == 400)
      #expect(missing.code == "idempotency_key_required")
      for bad in ["", "é", String(repeating: "k", count: 256)] {
        let reply = try await platform.post("/charge", key(bad), #"{"amount":5}"#)
        #expect(reply.status == 400)
        #expect(reply.code == "invalid_idempotency_key", "\(bad)")
      }
      #expect(try await platform.post("/charge", key(String(repeating: "k", count: 255)), #"{"amount":5}"#).status == 201)
      for _ in 0..<2 { #expect(try await platform.post("/charge-maybe", [], #"{"amount":5}"#).status == 200) }
      for _ in 0..<2 { #expect(try await platform.post("/charge-maybe", key("k"), #"{"amount":5}"#).status == 200) }
      #expect(try await platform.count("charge") == 4)
    }
  }

  @Test func `what a crash left half done is taken over when its lease has run out`() async throws {
    try await withPlatform([till], tillSetting) { platform in
      _ = try await platform.post("/charge-by-itself", key("k"), #"{"amount":5}"#)
      try await platform.write(
        "update lakoo.idempotency set status = null, body = null, lease_until = clock_timestamp() + interval '1 minute'")
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
