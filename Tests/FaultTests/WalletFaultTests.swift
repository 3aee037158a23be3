import FaultTesting
import Testing

/// A wallet's money while the database fails: a chain of its own, so that it runs beside the payments'.
@Suite(.serialized) struct `Wallets among faults` {
  @Test(arguments: FaultScale.seeds)
  func `money of a wallet survives a cut at each statement that brings it in and pays with it`(seed: UInt64)
    async throws
  {
    print(
      try await withEveryCut(
        seed: seed, share: FaultScale.share / 2, databases: Shopping.bundles + ["wallet"],
        invariants: Shopping.invariants + Shopping.walletInvariants + [Shopping.someTaken], Shopping.payFromWallet))
  }

  @Test(arguments: FaultScale.seeds)
  func `money of a wallet that pays nothing is free again, whatever is cut`(seed: UInt64) async throws {
    print(
      try await withEveryCut(
        seed: seed, share: FaultScale.share / 2, databases: ["payment", "wallet"],
        invariants: Shopping.invariants + Shopping.walletInvariants + [Shopping.someReleased], Shopping.leaveWithWallet)
    )
  }
}
