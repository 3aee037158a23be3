import FunctionKit
import Testing

@testable import WalletFunctions

@Suite struct RestorationTests {
  private let now = Instant(seconds: 1_767_225_600)

  @Test func `cash comes back first, then the lots in the order used, with a week at least`() {
    let restoration = Restoration(
      45_000, cash: 25_000,
      uses: [
        Restoration.Use(lot: sampleID(1), open: 10_000, expiresAt: now + .days(1)),
        Restoration.Use(lot: sampleID(2), open: 15_000, expiresAt: now + .days(40)),
      ], at: now)
    #expect(restoration.parts == Parts(cash: 25_000, promo: 20_000))
    #expect(
      restoration.lots == [
        Restoration.Lot(of: sampleID(1), amount: 10_000, expiresAt: now + .days(7)),
        Restoration.Lot(of: sampleID(2), amount: 10_000, expiresAt: now + .days(40)),
      ])
  }

  @Test func `what the hold never took is cash`() {
    let restoration = Restoration(
      50_000, cash: 5_000, uses: [Restoration.Use(lot: sampleID(1), open: 10_000, expiresAt: now)], at: now)
    #expect(restoration.parts == Parts(cash: 40_000, promo: 10_000))
    #expect(restoration.held == 5_000)
  }

  @Test(arguments: 0..<200)
  func `parts of a refund add up, and no bucket gets back more than it gave`(seed: UInt64) {
    var random = Seeded(seed)
    var cash = Int.random(in: 0...1000, using: &random)
    var uses = (0..<Int.random(in: 0...4, using: &random)).map { index in
      Restoration.Use(lot: sampleID(index), open: .random(in: 0...500, using: &random), expiresAt: now)
    }
    for _ in 0..<5 {
      let amount = Int.random(in: 1...700, using: &random)
      let restoration = Restoration(amount, cash: cash, uses: uses, at: now)
      #expect(restoration.parts.total == amount)
      #expect(restoration.held <= cash)
      cash -= restoration.held
      for lot in restoration.lots {
        guard let index = uses.firstIndex(where: { $0.lot == lot.of }) else {
          Issue.record("a lot that was not used")
          continue
        }
        #expect((1...uses[index].open).contains(lot.amount))
        uses[index].open -= lot.amount
      }
      if restoration.beyond > 0 { #expect(cash == 0 && uses.allSatisfy { $0.open == 0 }) }
    }
  }
}
