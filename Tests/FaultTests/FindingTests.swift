import FaultTesting
import FunctionKit
import Testing

/// What does not stand up to faults is found, and the message says what it takes to see it again.
@Suite(.serialized) struct `Defects are found` {
  private static let doubled = Invariant.zero(
    "references with two invoices", in: "sandbox",
    "select count(*) from (select from invoice group by external_id having count(*) > 1) doubled")

  /// The provider does not notice that it is asked twice.
  @Sendable private static func repeatBlindly(_ world: World) async throws {
    let body: JSON = ["external_id": .string(world.newID().description), "amount": 10_000]
    let key = ["authorization": "Basic eG5kX2RldmVsb3BtZW50X2xha29vLXNlY3JldC1rZXktMDEyMzQ1Njc4OTo="]
    let reply = try await world.post("sandbox", "/v2/invoices", body: body, headers: key, patience: .seconds(20))
    guard reply?.status == 200 else { throw TestFailure("refused: \(reply?.text ?? "no answer")") }
  }

  @Test func `a call that is repeated blindly, when its commit is not answered`() async throws {
    let failure = await #expect(throws: FaultFailure.self) {
      try await withEveryCut(
        seed: 7, databases: ["sandbox"], patience: .seconds(2), invariants: [Self.doubled], Self.repeatBlindly)
    }
    let message = try #require(failure?.description)
    #expect(message.contains("references with two invoices: 1 by"))
    #expect(message.contains("seed 7: "))
    #expect(message.split(separator: "\n").last { $0.contains(". cut ") }?.hasSuffix("sandbox: commit") == true)
    #expect(message.contains("all of it is in /tmp/lakoo-faults-7-"))
  }

  @Test func `a scenario that is refused`() async throws {
    let failure = await #expect(throws: FaultFailure.self) {
      try await withFaults(seed: 8, faults: 1, databases: ["sandbox"], invariants: []) { world in
        let reply = try await world.post("sandbox", "/v2/invoices")
        if let reply { throw TestFailure("refused: \(reply.status)") }
      }
    }
    #expect(failure?.description.hasPrefix("refused: 200") == false)
    #expect(failure?.description.hasPrefix("refused: ") == true)
  }
}
