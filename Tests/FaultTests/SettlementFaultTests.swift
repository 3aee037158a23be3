import FaultTesting
import Testing

/// A seller's week while the database fails.
@Suite(.serialized) struct `Settlements among faults` {
  @Test(arguments: `Payments among faults`.seeds)
  func `a sale is settled and paid into the seller's wallet once, wherever it is cut`(seed: UInt64) async throws {
    print(
      try await withEveryCut(
        seed: seed, share: `Payments among faults`.share, databases: Selling.bundles, invariants: Selling.invariants,
        Selling.sellOne))
  }
}
