import FunctionKit
import Testing

@testable import WalletFunctions

@Suite struct SpendingTests {
  private let now = Instant(seconds: 1_767_225_600)
  private var lots: [Spending.Lot] {
    [
      Spending.Lot(id: sampleID(2), remaining: 15_000, minOrderAmount: 100_000, expiresAt: now + .days(59)),
      Spending.Lot(id: sampleID(1), remaining: 10_000, expiresAt: now + .days(31)),
    ]
  }

  @Test(arguments: [(80_000, [10_000], 40_000), (120_000, [10_000, 15_000], 25_000)])
  func `lots that fit pay first, the soonest to expire before the others, then cash`(
    order: Int, promo: [Int], cash: Int
  ) {
    let spending = Spending(50_000, cash: 40_000, lots: lots, order: order, at: now)
    #expect(spending?.uses.map(\.amount) == promo)
    #expect(spending?.cash == cash)
  }

  @Test func `what has expired, is used up, or asks for a larger order does not pay`() {
    let expired = Spending.Lot(id: sampleID(3), remaining: 9_000, expiresAt: now)
    let used = Spending.Lot(id: sampleID(4), remaining: 0, expiresAt: now + .days(1))
    #expect(Spending(1_000, cash: 999, lots: [expired, used], order: 5_000, at: now) == nil)
    #expect(Spending(1_000, cash: 999, lots: [lots[0]], order: nil, at: now) == nil)
  }

  @Test(arguments: 0..<200)
  func `what pays is the amount, never more than there is`(seed: UInt64) {
    var random = Seeded(seed)
    let lots = (0..<Int.random(in: 0...5, using: &random)).map { index in
      Spending.Lot(
        id: sampleID(index), remaining: .random(in: 0...500, using: &random),
        minOrderAmount: Bool.random(using: &random) ? .random(in: 0...1000, using: &random) : nil,
        expiresAt: now + .seconds(Int.random(in: -2...2, using: &random)))
    }
    let (amount, cash) = (Int.random(in: 1...1500, using: &random), Int.random(in: 0...1000, using: &random))
    let order = Int.random(in: 0...1000, using: &random)
    let fitting = lots.filter { $0.fits(order, at: now) }
    let spending = Spending(amount, cash: cash, lots: lots, order: order, at: now)
    #expect((spending != nil) == (amount <= cash + fitting.map(\.remaining).reduce(0, +)))
    guard let spending else { return }
    #expect(spending.parts.total == amount)
    #expect(spending.cash <= cash)
    for use in spending.uses {
      #expect(fitting.contains { $0.id == use.lot && (1...$0.remaining).contains(use.amount) })
    }
    let promo = fitting.map(\.remaining).reduce(0, +)
    #expect(spending.cash == max(0, amount - promo), "cash pays only what promotional credit can't")
  }
}

/// The same numbers for the same seed.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
