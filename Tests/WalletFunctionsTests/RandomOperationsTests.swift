import FunctionKit
import FunctionTesting
import Testing

@testable import WalletFunctions

/// Many things at once, in an order that a seed decides, after which the books must be what they always are: the
/// database refuses each commit that would leave them otherwise, and ``WalletScene/mustHold()`` looks at the whole.
@Suite struct RandomOperationsTests {
  @Test(arguments: [1, 2, UInt64.random(in: 3...1_000_000)])
  func `whatever happens at once, no balance falls below nothing and every row has its place`(seed: UInt64) async throws
  {
    try await WalletScene.run { scene in
      try await scene.refund(300_000)
      try await scene.grant(50_000, days: 2)
      try await scene.grant(20_000, days: 1, minOrder: 30_000)
      var random = Seeded(seed)
      for round in 0..<6 {
        let plans = (0..<6).map { number in
          Plan(
            id: 1000 * (round + 1) + number, kind: .random(in: 0...5, using: &random),
            amount: .random(in: 1...40_000, using: &random))
        }
        try await withThrowingTaskGroup { group in
          for plan in plans { group.addTask { try await plan.run(scene) } }
          try await group.waitForAll()
        }
        scene.wait(.hours(Int64.random(in: 1...12, using: &random)))
        try await scene.wallet.fire("ReleaseExpiredHolds")
        try await scene.wallet.fire("ExpirePromos")
        try await scene.mustHold()
      }
      let broken: Int = try await scene.wallet.one(
        """
        select count(*) from (
          select balance_before, lag(balance_after, 1, 0::bigint) over (partition by wallet_id order by seq) as previous
          from wallet_transaction) chain where balance_before <> previous
        """)
      #expect(broken == 0, "seed \(seed)")
    }
  }

  private struct Plan: Sendable {
    var id: Int
    var kind: Int
    var amount: Int

    /// A refusal is an outcome like any other.
    func run(_ scene: WalletScene) async throws {
      switch kind {
      case 0: try await scene.refund(amount, number: id, payment: 5)
      case 1: try await scene.hold(amount, payment: id, order: 2 * amount, lives: .hours(2))
      default:
        let hold = try await scene.hold(amount, payment: id, order: 2 * amount)
        guard hold.status == 201 else { return }
        if kind == 2 {
          try await scene.release(hold)
        } else {
          try await scene.capture(hold, max(1, amount * kind / 5), payment: id)
          if kind == 5 { try await scene.refund(max(1, amount / 2), number: id, payment: id) }
        }
      }
    }
  }
}
