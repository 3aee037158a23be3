import FaultTesting
import Foundation
import Testing

/// A seller's week while the database fails.
@Suite(.serialized) struct `Settlements among faults` {
  // A flow of weeks, cut at every statement: with Tests/faults.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["FAULTS"] != nil), arguments: FaultScale.seeds)
  func `what is sold reaches the seller's bank once, wherever it is cut`(seed: UInt64) async throws {
    print(
      try await withEveryCut(
        seed: seed, share: FaultScale.share, databases: Selling.bundles, invariants: Selling.invariants,
        Selling.sellAndWithdraw))
  }
}
