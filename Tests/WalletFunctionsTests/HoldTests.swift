import FunctionKit
import FunctionTesting
import Testing

@testable import WalletFunctions

@Suite struct HoldTests {
  @Test func `of two holds at once that together are too much, one succeeds`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(100_000)
      async let one = scene.hold(70_000, payment: 701)
      async let other = scene.hold(70_000, payment: 702)
      let replies = try await [one, other]
      #expect(replies.map(\.status).sorted() == [201, 422])
      #expect(replies.compactMap(\.code) == ["insufficient_balance"])
      #expect(try await scene.balances() == .init(30_000, held: 70_000))
    }
  }

  @Test func `ten holds at once take all there is, and an eleventh finds nothing`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(100_000)
      let statuses = try await withThrowingTaskGroup { group in
        for number in 0..<10 { group.addTask { try await scene.hold(10_000, payment: 700 + number).status } }
        return try await group.reduce(into: [Int]()) { $0.append($1) }
      }
      #expect(statuses == Array(repeating: 201, count: 10))
      #expect(try await scene.hold(10_000, payment: 799).code == "insufficient_balance")
      #expect(try await scene.balances() == .init(0, held: 100_000))
    }
  }

  /// 40,000 cash, 10,000 for any order, 15,000 for orders of 100,000.
  static func stocked(_ body: @escaping @Sendable (WalletScene) async throws -> Void) async throws {
    try await WalletScene.run { scene in
      try await scene.refund(40_000, payment: 1)
      try await scene.grant(10_000, days: 31)
      try await scene.grant(15_000, days: 59, minOrder: 100_000)
      try await body(scene)
    }
  }

  @Test func `a small order leaves the lot alone that asks for a larger one`() async throws {
    try await Self.stocked { scene in
      let hold = try await scene.hold(50_000, order: 80_000)
      #expect(hold.data["promo"] == 10_000)
      #expect(hold.data["cash"] == 40_000)
      #expect(try await scene.balances() == .init(0, 15_000, held: 50_000))
    }
  }

  @Test func `a large order takes both lots, then cash`() async throws {
    try await Self.stocked { scene in
      let hold = try await scene.hold(50_000, order: 120_000)
      #expect(hold.data["promo"] == 25_000)
      #expect(hold.data["cash"] == 25_000)
      #expect(try await scene.balances() == .init(15_000, held: 50_000))
    }
  }

  @Test func `a refund brings the hold's cash back first, then its credit, lot by lot`() async throws {
    try await Self.stocked { scene in
      let hold = try await scene.hold(50_000, order: 120_000)
      try await scene.capture(hold)
      #expect(try await scene.balances() == .init(15_000))
      scene.wait(.days(28))
      try await scene.refund(30_000, number: 2)
      #expect(try await scene.balances() == .init(40_000, 5_000))
      struct Lot: Decodable {
        var source: String
        var remaining: Int
        var days: Int
      }
      let lots: [Lot] = try await scene.wallet.query(
        """
        select source, remaining, round(extract(epoch from expires_at - created_at) / 86400)::int as days
        from promo_lot where remaining > 0
        """)
      #expect(lots.map(\.source) == ["restored"])
      #expect(lots.map(\.remaining) == [5_000])
      #expect(lots.map(\.days) == [7], "the first lot would have ended in three days")
      // What is left of the hold: 20,000 of its credit; beyond that a refund is cash.
      try await scene.refund(25_000, number: 3)
      #expect(try await scene.balances() == .init(45_000, 25_000))
    }
  }

  @Test func `a capture of less takes credit first and frees the rest of the cash`() async throws {
    try await Self.stocked { scene in
      let hold = try await scene.hold(50_000, order: 120_000)
      let captured = try await scene.capture(hold, 40_000)
      #expect(captured.data["transaction"]?["promoAmount"] == 25_000)
      #expect(captured.data["transaction"]?["cashAmount"] == 15_000)
      #expect(captured.data["hold"]?["status"] == "captured")
      #expect(try await scene.balances() == .init(25_000))
      #expect(try await scene.account("clearing:payment") == 40_000 - 40_000)
    }
  }

  @Test func `credit that was not captured goes back to the lots that were used last`() async throws {
    try await Self.stocked { scene in
      let hold = try await scene.hold(50_000, order: 120_000)
      try await scene.capture(hold, 12_000)
      #expect(try await scene.balances() == .init(40_000, 13_000))
      let left: [Int] = try await scene.wallet.query("select remaining from promo_lot order by expires_at")
      #expect(left == [0, 13_000])
    }
  }

  @Test func `a capture repeated is the same capture, and another one is refused`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(100_000)
      let hold = try await scene.hold(60_000)
      let first = try await scene.capture(hold, 50_000)
      let again = try await scene.capture(hold, 50_000)
      #expect(again.status == 200)
      #expect(again.data == first.data)
      #expect(try await scene.capture(hold, 40_000).code == "hold_closed")
      #expect(try await scene.release(hold).code == "hold_closed")
      #expect(try await scene.wallet.events("wallet.debited").count == 1)
      #expect(try await scene.balances() == .init(50_000))
    }
  }

  @Test(arguments: [0, 60_001]) func `a capture is of more than nothing and of no more than is held`(amount: Int)
    async throws
  {
    try await WalletScene.run { scene in
      try await scene.refund(100_000)
      let hold = try await scene.hold(60_000)
      #expect(try await scene.capture(hold, amount).status == 422)
      #expect(try await scene.balances() == .init(40_000, held: 60_000))
    }
  }

  @Test func `an expired hold is free, can't be captured, and the payment may hold again`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(100_000)
      let hold = try await scene.hold(60_000)
      try await scene.wallet.fire("ReleaseExpiredHolds")
      #expect(try await scene.balances() == .init(40_000, held: 60_000))
      scene.wait(.minutes(66))
      try await scene.wallet.fire("ReleaseExpiredHolds")
      try await scene.wallet.fire("ReleaseExpiredHolds")
      #expect(try await scene.balances() == .init(100_000))
      let late = try await scene.capture(hold)
      #expect(late.status == 409)
      #expect(late.code == "hold_closed")
      let again = try await scene.hold(60_000)
      #expect(again.status == 201)
      #expect(again.data["id"] != hold.data["id"])
    }
  }

  @Test func `a hold repeated is the same hold, and of another amount is refused`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(100_000)
      let first = try await scene.hold(60_000)
      #expect(try await scene.hold(60_000).data["id"] == first.data["id"])
      #expect(try await scene.hold(50_000).code == "reference_reused")
      let found = try await scene.wallet.call(
        "GetHold", path: [("purpose", "payment"), ("referenceId", sampleID(700).description)], caller: .service)
      #expect(found.data["id"] == first.data["id"])
      try await scene.release(first)
      #expect(try await scene.release(first).status == 200)
      #expect(try await scene.balances() == .init(100_000))
    }
  }

  @Test func `a hold that would live too long, or is over already, is refused`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(100_000)
      #expect(try await scene.hold(10_000, lives: .hours(74)).code == "hold_too_long")
      #expect(try await scene.hold(10_000, lives: .hours(-1)).code == "validation_failed")
    }
  }

  @Test func `credit that expired while it was held lapses as it comes back`() async throws {
    try await WalletScene.run { scene in
      try await scene.grant(10_000, days: 1)
      scene.wait(.hours(23))
      let hold = try await scene.hold(10_000, order: 10_000, lives: .hours(4))
      scene.wait(.hours(2))
      try await scene.release(hold)
      #expect(try await scene.balances() == .init(0))
      #expect(try await scene.transactions() == ["promotional credit 10000", "expiry debit 10000"])
    }
  }
}
