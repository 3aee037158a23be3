import FaultTesting
import Foundation
import Testing

/// A month of a marketplace in minutes: sales, refunds, settlements, withdrawals and daily reconciliations, with a provider
/// that fails in 5 % of all calls. `Tests/month 5000` runs it at length.
@Suite(.serialized) struct `A month of sales` {
  private static func number(_ variable: String) -> Int? {
    ProcessInfo.processInfo.environment[variable].flatMap { Int($0) }
  }

  static let orders = number("MONTH_ORDERS") ?? 0
  static let sellers = number("MONTH_SELLERS") ?? max(4, orders / 100)
  static let seed = number("MONTH_SEED").map { UInt64($0) } ?? .random(in: 1...999_999)

  // Takes minutes, and so is asked for.
  @Test(.enabled(if: number("MONTH_ORDERS") != nil))
  func `ends with books that balance, agree with everybody else's, and pay nobody twice`() async throws {
    let (orders, sellers, seed) = (Self.orders, Self.sellers, Self.seed)
    print("A month of \(orders) orders of \(sellers) sellers, seed \(seed)")
    let project = try ProjectCopy()
    // So that the events are still there to be counted at the end.
    try project.write("manifests/host.yaml") { $0 + "\nretention: 90d\n" }
    let report = try await withWorld(seed: seed, root: project.root) { world in
      let month = Month(MonthPlan(sellers: sellers, orders: orders, world), world)
      try await month.run()
      try await world.settle(MonthBooks.invariants + month.fates(), patience: .seconds(60))
      print(try await month.summary())
    }
    print(report)
  }
}
