import FunctionKit
import Testing

@testable import WalletFunctions

@Suite struct CashbackTests {
  private static let now = Instant(seconds: 1_767_225_600)

  private func rule(
    _ trigger: CashbackRule.Trigger = .orderCompleted, kind: CashbackRule.Kind = .percentage, max: Int? = 20_000,
    min: Int? = nil, nth: Int? = nil, minOrder: Int? = nil, maxOrder: Int? = nil, brands: [ID] = [],
    excluded: [ID] = [], newOnly: Bool = false
  ) -> CashbackRule {
    CashbackRule(
      id: sampleID(1), name: "r", trigger: trigger, nth: nth, minOrder: minOrder, maxOrder: maxOrder, kind: kind,
      valueBp: 500, value: 7_000, maxCashback: max, minCashback: min, brandIds: brands, categoryIds: [],
      excludedProductIds: excluded, newCustomersOnly: newOnly, usedCount: 0, creditAfterDays: 0, startsAt: Self.now,
      priority: 0, isActive: true, version: 0)
  }

  private func order(_ nets: [(product: Int, brand: Int?, net: Int)], ordinal: Int = 2) -> CompletedOrder {
    CompletedOrder(
      id: sampleID(9), user: sampleID(8),
      items: nets.map {
        CompletedOrder.Item(
          productId: sampleID($0.product), categoryId: sampleID(50), brandId: $0.brand.map(sampleID), netTotal: $0.net)
      }, goods: nets.map(\.net).reduce(0, +), ordinal: ordinal, completedAt: Self.now)
  }

  @Test(arguments: [(333_330, 16_667), (900_000, 20_000), (99_990, 5_000)])
  func `five percent, at most twenty thousand, half a rupiah up`(base: Int, amount: Int) {
    #expect(rule().amount(on: base) == amount)
  }

  @Test func `a fixed amount and the least amount`() {
    #expect(rule(kind: .fixed).amount(on: 1) == 7_000)
    #expect(rule(min: 3_000).amount(on: 10_000) == 3_000)
  }

  @Test func `the order's number among the user's decides`() {
    #expect(rule(.firstOrder).base(of: order([(1, nil, 500)], ordinal: 1)) == 500)
    #expect(rule(.firstOrder).base(of: order([(1, nil, 500)])) == nil)
    #expect(rule(.nthOrder, nth: 2).base(of: order([(1, nil, 500)])) == 500)
    #expect(rule(.nthOrder, nth: 3).base(of: order([(1, nil, 500)])) == nil)
    #expect(rule(newOnly: true).base(of: order([(1, nil, 500)])) == nil)
  }

  @Test func `a brand's rule counts its own items, and none counts what it excludes`() {
    let bought = order([(1, 70, 500), (2, 71, 300), (3, nil, 200)])
    #expect(rule(.brandPurchase, brands: [sampleID(70)]).base(of: bought) == 500)
    #expect(rule(.brandPurchase, brands: [sampleID(72)]).base(of: bought) == nil)
    #expect(rule(excluded: [sampleID(1)]).base(of: bought) == 500)
  }

  @Test func `an order that is too small or too large earns nothing`() {
    #expect(rule(minOrder: 1_001).base(of: order([(1, nil, 1_000)])) == nil)
    #expect(rule(maxOrder: 999).base(of: order([(1, nil, 1_000)])) == nil)
    #expect(rule(minOrder: 1_000, maxOrder: 1_000).base(of: order([(1, nil, 1_000)])) == 1_000)
  }
}
