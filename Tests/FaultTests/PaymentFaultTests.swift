import FaultTesting
import Testing

/// Payments while everything around them fails. `Tests/faults 10000` runs it at length.
@Suite(.serialized) struct `Payments among faults` {
  @Test(arguments: FaultScale.seeds)
  func `shoppers under load neither lose money nor pay twice, whatever fails`(seed: UInt64) async throws {
    print(
      try await withFaults(
        seed: seed, faults: FaultScale.count, databases: Shopping.bundles, upstreams: Shopping.upstreams,
        invariants: Shopping.invariants + [Shopping.somePaid], Shopping.shop))
  }

  @Test(arguments: FaultScale.seeds)
  func `a payment survives a cut at each of its statements`(seed: UInt64) async throws {
    print(
      try await withEveryCut(
        seed: seed, share: FaultScale.share, databases: Shopping.bundles,
        invariants: Shopping.invariants + [Shopping.somePaid], Shopping.payOne))
  }

  @Test(arguments: FaultScale.seeds)
  func `an expiry survives a cut at each of its statements`(seed: UInt64) async throws {
    print(
      try await withEveryCut(
        seed: seed, share: FaultScale.share, databases: Shopping.bundles,
        invariants: Shopping.invariants + [Shopping.someExpired], Shopping.leaveOne))
  }
}
