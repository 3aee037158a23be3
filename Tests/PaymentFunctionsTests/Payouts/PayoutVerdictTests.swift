import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct `Reports about a payout` {
  private static let statuses = ["ACCEPTED", "SUCCEEDED", "FAILED", "REVERSED"]

  /// Whatever the provider says, in whichever order: the books are level, and say what those who wait were told.
  @Test(arguments: 1...6) func `leave the books as they are told`(seed: UInt64) async throws {
    try await PayoutScene.run { scene in
      var numbers = SeededGenerator(state: seed)
      try await scene.create()
      for _ in 0..<8 {
        try await scene.deliver(Self.statuses[Int(numbers.next() % 4)], failure: "INVALID_DESTINATION")
        let told = try await scene.told().last
        let balances = try await scene.balances()
        switch told {
        case nil: #expect(balances == ["clearing:wallet": 1_250_000, "liab:payout": -1_250_000], "seed \(seed)")
        case "payout.completed":
          #expect(balances == ["clearing:wallet": 1_250_000, "asset:xendit": -1_250_000], "seed \(seed)")
        default: #expect(balances == [:], "seed \(seed)")
        }
      }
    }
  }

  @Test func `are shown to finance by kind and status, page by page`() async throws {
    try await PayoutScene.run { scene in
      for index in 0..<3 {
        try await scene.create([("referenceId", .string(sampleID(50 + index).description))], key: "k\(index)")
        scene.wait(.seconds(1))
      }
      try await scene.deliver("SUCCEEDED")
      let finance = Caller(userID: sampleID(9), role: .financeAdmin, isPrivileged: true)
      func list(_ query: [(name: String, value: String)]) async throws -> TestReply {
        try await scene.payment.call("ListPayouts", query: query, caller: finance)
      }
      let first = try await list([("limit", "2")])
      let cursor = try #require(first.json["meta"]?["nextCursor"]?.string)
      let second = try await list([("limit", "2"), ("cursor", cursor)])
      let ids = [first, second].flatMap { $0.data.array ?? [] }.compactMap { $0["referenceId"]?.string }
      #expect(ids == [2, 1, 0].map { sampleID(50 + $0).description })
      #expect(try await list([("status", "succeeded")]).data.array?.count == 1)
      #expect(try await list([("kind", "refund")]).data == [])
      let reference = sampleID(52).description
      let one = try await scene.payment.call(
        "GetPayout", path: [("kind", "withdrawal"), ("referenceId", reference)], caller: .service)
      #expect(one.data["status"] == "succeeded")
      #expect(one.data["accountNumber"] == nil)
    }
  }
}
