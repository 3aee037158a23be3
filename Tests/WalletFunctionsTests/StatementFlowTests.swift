import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import WalletFunctions

@Suite struct StatementFlowTests {
  @Test func `a month begins where the one before ended`() async throws {
    try await WalletScene.run { scene in
      let january = try #require(Instant("2030-01-05T00:00:00Z"))
      scene.wait(january - scene.wallet.clock.now)
      try await scene.refund(104_900)
      try await scene.capture(scene.hold(50_000))
      try await scene.grant(1_000, days: 90)
      scene.wait(.days(30))
      try await scene.refund(5_000, number: 2, payment: 1)
      func statement(_ month: String, _ format: String? = nil) async throws -> TestReply {
        try await scene.wallet.call(
          "GetStatement", query: [("month", month)] + (format.map { [("format", $0)] } ?? []),
          caller: .user(scene.buyer))
      }
      let first = try await statement("2030-01")
      #expect(first.data["opening"] == 0)
      #expect(first.data["totals"] == ["credits": 105_900, "debits": 50_000])
      #expect(first.data["closing"] == 55_900)
      #expect(first.data["rows"]?.array?.compactMap { $0["balance"]?.int } == [104_900, 54_900, 55_900])
      let second = try await statement("2030-02")
      #expect(second.data["opening"] == 55_900)
      #expect(second.data["closing"] == 60_900)
      #expect(try await statement("2030-03").code == "future_month")
      #expect(try await statement("2030-3").code == "validation_failed")
      let csv = try await statement("2030-01", "csv")
      let lines = String(decoding: csv.body, as: UTF8.self).split(separator: "\r\n")
      #expect(lines.first == "number,at,type,description,credit,debit,balance")
      #expect(lines.last == ",,closing,,105900,50000,55900")
      #expect(lines.count == 6)
    }
  }
}
