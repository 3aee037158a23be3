import FaultTesting
import Foundation
import Testing

/// Payments while everything around them fails. `Tests/faults 10000` runs it at length.
@Suite(.serialized) struct `Payments among faults` {
  private static func number(_ variable: String) -> UInt64? {
    ProcessInfo.processInfo.environment[variable].flatMap { UInt64($0) }
  }

  /// One seed that never changes and one that always does; or the one that was asked for.
  static let seeds: [UInt64] = number("FAULTS_SEED").map { [$0] } ?? [42, .random(in: 1...999_999)]
  static let count = number("FAULTS").map { Int($0) } ?? 300
  static let share = number("FAULTS") == nil ? 0.06 : 1

  @Test(arguments: seeds)
  func `shoppers under load neither lose money nor pay twice, whatever fails`(seed: UInt64) async throws {
    print(
      try await withFaults(
        seed: seed, faults: Self.count, databases: Shopping.bundles, upstreams: Shopping.upstreams,
        invariants: Shopping.invariants + [Shopping.somePaid], Shopping.shop))
  }

  @Test(arguments: seeds)
  func `a payment survives a cut at each of its statements`(seed: UInt64) async throws {
    print(
      try await withEveryCut(
        seed: seed, share: Self.share, databases: Shopping.bundles,
        invariants: Shopping.invariants + [Shopping.somePaid], Shopping.payOne))
  }

  @Test(arguments: seeds)
  func `an expiry survives a cut at each of its statements`(seed: UInt64) async throws {
    print(
      try await withEveryCut(
        seed: seed, share: Self.share, databases: Shopping.bundles,
        invariants: Shopping.invariants + [Shopping.someExpired], Shopping.leaveOne))
  }

  @Test(arguments: seeds)
  func `money of a wallet survives a cut at each statement that brings it in and pays with it`(seed: UInt64)
    async throws
  {
    print(
      try await withEveryCut(
        seed: seed, share: Self.share / 2, databases: Shopping.bundles + ["wallet"],
        invariants: Shopping.invariants + Shopping.walletInvariants + [Shopping.someTaken], Shopping.payFromWallet))
  }

  @Test(arguments: seeds)
  func `money of a wallet that pays nothing is free again, whatever is cut`(seed: UInt64) async throws {
    print(
      try await withEveryCut(
        seed: seed, share: Self.share / 2, databases: ["payment", "wallet"],
        invariants: Shopping.invariants + Shopping.walletInvariants + [Shopping.someReleased], Shopping.leaveWithWallet)
    )
  }
}
