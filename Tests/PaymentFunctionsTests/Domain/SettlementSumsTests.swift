import FunctionKit
import Testing

@testable import PaymentFunctions

@Suite struct SettlementSumsTests {
  private static func sums(
    _ sales: [(base: Int, reversed: Int)], adjustments: Int = 0, carryIn: Int = 0,
    _ status: CommissionStatus = .collectible
  ) -> SettlementSums {
    var sums = SettlementSums(adjustments: adjustments, carryIn: carryIn)
    for sale in sales {
      sums.add(
        CommissionRecord(
          id: sampleID(1), ledgerNumber: "COM-1", orderId: sampleID(2), sellerId: sampleID(3), baseAmount: sale.base,
          reversedBase: sale.reversed, rateBp: 50,
          commissionAmount: share(of: sale.base - sale.reversed, basisPoints: 50), status: status))
    }
    return sums
  }

  @Test func `a week of five sellers comes to what it should`() {
    let a = Self.sums([(250_000, 0), (99_900, 0), (1_000_000, 0)])
    #expect(a.commission == 6750 && a.net == 1_343_150 && a.verdict(isHeld: false) == .completed)
    let b = Self.sums([(400_000, 400_000), (150_000, 50_000)])
    #expect(b.refunds == 450_000 && b.net == 99_500 && b.verdict(isHeld: false) == .completed)
    let c = Self.sums([(60_000, 0)], adjustments: -199_000)
    #expect(c.net == -139_300 && c.verdict(isHeld: false) == .carriedForward)
    let d = Self.sums([(45_000, 0)])
    #expect(d.net == 44_775 && d.verdict(isHeld: false) == .carriedForward)
    let later = Self.sums([(10_000, 0)], carryIn: d.net)
    #expect(later.net == 54_725 && later.verdict(isHeld: false) == .completed)
    let e = Self.sums([(10_000_000, 0)], adjustments: -200_000)
    #expect(e.net == 9_750_000 && e.verdict(isHeld: false) == .completed)
    #expect(a.net + b.net + e.net == 11_192_650)
  }

  @Test(arguments: [
    (49_999, false, SettlementSums.Verdict.carriedForward), (50_000, false, .completed), (50_000, true, .held),
    (-1, true, .carriedForward), (50_000_000, false, .completed), (50_000_001, false, .calculated),
  ])
  func `little is carried, much waits for finance, and what is held waits`(
    net: Int, isHeld: Bool, verdict: SettlementSums.Verdict
  ) {
    #expect(SettlementSums(adjustments: net).verdict(isHeld: isHeld) == verdict)
  }

  @Test func `a waived commission is not taken`() {
    #expect(Self.sums([(100_000, 20_000)], .waived).net == 80_000)
  }
}

@Suite struct SettlementPeriodTests {
  @Test(arguments: [
    ("2026-01-19T02:00:00+07:00", "2026-01-12T00:00:00+07:00"),
    ("2026-01-19T00:00:00+07:00", "2026-01-12T00:00:00+07:00"),
    ("2026-01-18T23:59:59+07:00", "2026-01-05T00:00:00+07:00"),
    ("2026-01-25T12:00:00+07:00", "2026-01-12T00:00:00+07:00"),
  ])
  func `the last week that is over begins on a Monday in Jakarta`(now: String, start: String) throws {
    let period = SettlementPeriod(before: try #require(Instant(now)))
    #expect(period.start == Instant(start))
  }

  @Test func `only a Monday begins a week`() {
    #expect(SettlementPeriod(monday: "2026-01-12")?.end == Instant("2026-01-19T00:00:00+07:00"))
    for day in ["2026-01-13", "2026-01-18", "2026-02-30", "Monday"] { #expect(SettlementPeriod(monday: day) == nil) }
  }
}
