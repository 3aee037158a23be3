import FaultTesting
import Foundation
import Testing

/// kill -9 of the host, and of its own PostgreSQL with it, at random moments while payments are created and paid.
/// `Tests/kill-nine 200` runs it at length.
@Suite(.serialized) struct `Killed again and again` {
  static let kills = Int(ProcessInfo.processInfo.environment["KILLS"] ?? "") ?? 4

  @Test func `every paid invoice has one event and one notification, and no payment is half made`() async throws {
    print(
      try await withFaults(
        faults: Self.kills, odds: .killsAlone, invariants: Shopping.invariants + [Shopping.somePaid],
        Shopping.shop))
  }
}
