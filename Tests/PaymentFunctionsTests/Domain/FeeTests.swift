import FunctionKit
import Testing

@testable import PaymentFunctions

@Suite struct FeeTests {
  @Test(arguments: [(250_000, 9250), (99_900, 4897), (500, 2015), (50, 2001), (1, 2000)])
  func `the fee is 2.9 % of the goods, half up, and Rp 2,000`(merchandise: Int, fee: Int) {
    #expect(usualPolicy.fee(on: goods(merchandise), wallet: 0) == fee)
  }

  @Test func `shipping and tax are no part of the base`() {
    let charge = Amounts(merchandise: 250_000, shipping: 20_000, tax: 1000)
    #expect(usualPolicy.fee(on: charge, wallet: 0) == 9250)
  }

  @Test func `a policy on the total counts shipping and tax too`() {
    let policy = FeePolicy(rateBp: 290, fixedAmount: 2000, base: .total)
    #expect(policy.fee(on: goods(80_000, shipping: 20_000), wallet: 0) == 4900)
  }

  @Test func `what the wallet pays lowers the base`() {
    let bill = Bill([[goods(250_000, shipping: 20_000)]], wallet: 100_000, policy: usualPolicy)
    #expect(bill.fee == 6350)
    #expect(bill.orders[0].amounts.total == 276_350)
    #expect(bill.gateway == 176_350)
  }

  @Test func `a bill that the wallet pays has no fee and no invoice`() {
    let bill = Bill([[goods(60_000, shipping: 10_000)]], wallet: 70_000, policy: usualPolicy)
    #expect(bill.fee == 0)
    #expect(bill.gateway == 0)
  }

  @Test func `a bill of nothing has no fee`() {
    let bill = Bill([[Amounts(merchandise: 5000, platformDiscount: 5000)]], wallet: 0, policy: usualPolicy)
    #expect(bill.fee == 0)
    #expect(bill.gateway == 0)
  }
}
