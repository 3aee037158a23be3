import Testing

@testable import PaymentFunctions

@Suite struct CommissionTests {
  @Test(arguments: [
    (250_000, 1250), (99_900, 500), (500, 3), (50, 0), (1, 0), (100, 1), (99, 0), (300, 2), (299, 1), (0, 0),
  ])
  func `half a percent of the merchandise, half up`(base: Int, commission: Int) {
    #expect(share(of: base, basisPoints: 50) == commission)
  }

  @Test func `it is never more than the base, at any rate`() {
    var generator = SeededGenerator(state: 3)
    for _ in 0..<2000 {
      let base = Int.random(in: 0...1_000_000_000, using: &generator)
      let rate = Int.random(in: 0...10_000, using: &generator)
      #expect((0...base).contains(share(of: base, basisPoints: rate)))
    }
  }
}
