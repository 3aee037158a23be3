import FunctionKit
import PlatformTesting
import Runtime
import Testing

private struct Ask: Endpoint {
  struct Input: Decodable { var fails: Bool? }
  func handle(_ input: Input, context: Context) async throws -> Nothing {
    if input.fails == true { throw Problem(409, "refused", "No.") }
    return Nothing()
  }
}

private let desk = BundleSource(
  "desk", "endpoints:\n  Ask: { route: POST /ask, access: public }", [.endpoint(Ask.self)], hasDatabase: false)

@Suite struct `What functions have done` {
  private func count(_ tally: FunctionTally, _ outcome: String) -> Int? {
    FunctionTally.outcomes.firstIndex(of: outcome).map { tally.counts[$0] }
  }

  @Test func `is counted by outcome, each run once`() async throws {
    try await withPlatform([desk]) { platform in
      for fails in [false, true, false] { _ = try await platform.post("/ask", [], #"{"fails":\#(fails)}"#) }
      let tally = try #require(platform.services.tallies.all.first)
      #expect(platform.services.tallies.all.count == 1)
      #expect((tally.bundle, tally.function, tally.trigger) == ("desk", "Ask", "endpoint"))
      #expect(count(tally, "2xx") == 2)
      #expect(count(tally, "4xx") == 1)
      #expect(tally.runs == 3)
    }
  }

  @Test func `takes as long as the bound that is not below it`() {
    var tally = FunctionTally(bundle: "desk", function: "Ask", trigger: "endpoint")
    for milliseconds: UInt64 in [0, 1, 2, 30_000, 30_001] { tally.add("done", milliseconds: milliseconds) }
    #expect(tally.durations.counts.first == 2)
    #expect(tally.durations.counts[1] == 1)
    #expect(tally.durations.counts.suffix(2) == [1, 1])
    #expect(tally.durations.milliseconds == 60_004)
    #expect(count(tally, "done") == 5)
  }
}
