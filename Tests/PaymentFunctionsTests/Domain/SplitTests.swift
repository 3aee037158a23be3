import Testing

@testable import PaymentFunctions

@Suite struct SplitTests {
  @Test(arguments: [
    ([100_000, 50_000], 6350, [4233, 2117]),
    ([33_333, 33_333, 33_333], 4900, [1634, 1633, 1633]),
    ([262_328, 89_554, 122_118], 15_746, [8714, 2975, 4057]),
    ([0, 0], 2001, [1001, 1000]),
    ([0, 7, 0], 5, [0, 5, 0]),
    ([], 0, []),
  ])
  func `a whole is split by weight, the largest remainder first`(weights: [Int], whole: Int, parts: [Int]) {
    #expect(split(whole, by: weights) == parts)
  }

  @Test func `parts add up, never exceed their share by a rupiah, and survive the largest amounts`() {
    var generator = SeededGenerator(state: 1)
    for _ in 0..<2000 {
      let weights = (0..<Int.random(in: 1...20, using: &generator)).map { _ in
        Int.random(in: 0...(Bool.random(using: &generator) ? 50 : 20_000_000_000), using: &generator)
      }
      let whole = Int.random(in: 0...2_000_000_000, using: &generator)
      let parts = split(whole, by: weights)
      #expect(parts.reduce(0, +) == whole)
      let total = weights.reduce(0, +)
      for (part, weight) in zip(parts, weights) where total > 0 {
        #expect(abs(Double(part) - Double(whole) * Double(weight) / Double(total)) < 1.01)
      }
    }
  }

  @Test func `the first of three orders bears its part of the fee`() {
    let bill = Bill(
      [[goods(262_328, shipping: 18_000)], [goods(89_554, shipping: 22_000)], [goods(122_118, shipping: 15_000)]],
      wallet: 0, policy: usualPolicy)
    #expect(bill.fee == 15_746)
    #expect(bill.orders[0].amounts.total == 289_042)
  }

  @Test func `two orders of one bill pay one fixed fee`() {
    let bill = Bill([[goods(100_000)], [goods(50_000)]], wallet: 0, policy: usualPolicy)
    #expect(bill.orders.map(\.amounts.fee) == [4233, 2117])
    #expect(bill.gateway == 156_350)
  }

  @Test func `every bill adds up in all its parts`() {
    var generator = SeededGenerator(state: 2)
    for _ in 0..<500 {
      let charges = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
        (0..<Int.random(in: 1...5, using: &generator)).map { _ in Amounts.random(using: &generator) }
      }
      let due = charges.flatMap { $0 }.sum().due
      let wallet = Bool.random(using: &generator) ? 0 : Int.random(in: 0...due, using: &generator)
      let bill = Bill(charges, wallet: wallet, policy: usualPolicy)
      #expect(bill.orders.flatMap(\.lines).map(\.fee).reduce(0, +) == bill.fee)
      #expect(bill.orders.map(\.wallet).reduce(0, +) == wallet)
      #expect(bill.gateway == due + bill.fee - wallet)
      for order in bill.orders {
        #expect(order.wallet <= order.amounts.total)
        #expect(order.gateway >= 0)
      }
    }
  }
}
