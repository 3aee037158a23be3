import FaultTesting
import Testing

/// Messages to many while the database fails.
@Suite(.serialized) struct `Broadcasts among faults` {
  // A chunk has thousands of statements, which are much alike.
  @Test(arguments: FaultScale.seeds)
  func `everybody hears of a broadcast once, wherever it is cut`(seed: UInt64) async throws {
    print(
      try await withEveryCut(
        seed: seed, share: FaultScale.share / 20, databases: ["notification"], invariants: Broadcasting.invariants,
        Broadcasting.tellMany))
  }
}
