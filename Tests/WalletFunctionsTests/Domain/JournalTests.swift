import FunctionKit
import Testing

@testable import WalletFunctions

@Suite struct JournalTests {
  private static let wallet = sampleID(1)
  private static let about = Journal.Reference(type: "x", id: sampleID(2))
  private static let parts = Parts(cash: 25_000, promo: 5_000)

  static let all: [Journal] = [
    .credit(.refund, about, "", to: wallet, parts), .credit(.grant, about, "", to: wallet, parts),
    .credit(.cashback, about, "", to: wallet, parts), .credit(.adjustment, about, "", to: wallet, parts),
    .credit(.adRefund, about, "", to: wallet, parts), .debit(.adSpend, about, "", from: wallet, parts),
    .debit(.expiry, about, "", from: wallet, parts), .debit(.adjustment, about, "", from: wallet, parts),
    .hold(parts, of: wallet, sampleID(3)), .release(parts, of: wallet, sampleID(3)),
    .capture(30_000, of: wallet, sampleID(3), ""), .withdrawal(30_000, fee: 2_500, of: wallet, about, ""),
    .reversal(30_000, fee: 2_500, of: wallet, about, ""),
  ]

  @Test(arguments: all.indices) func `every journal sums to nothing`(index: Int) {
    let journal = Self.all[index]
    #expect(journal.balance == 0)
    #expect(journal.entries.count >= 2)
  }

  @Test func `a withdrawal and its reversal are each other's opposite, but for the hold that became cash`() {
    let out = Journal.withdrawal(30_000, fee: 2_500, of: Self.wallet, Self.about, "")
    let back = Journal.reversal(30_000, fee: 2_500, of: Self.wallet, Self.about, "")
    func amount(_ journal: Journal, _ account: Account) -> Int? {
      journal.entries.first { $0.account == account }?.amount
    }
    #expect(amount(out, .clearing) == -27_500)
    #expect(amount(back, .clearing) == 27_500)
    #expect(amount(out, .hold(Self.wallet)) == 30_000)
    #expect(amount(back, .cash(Self.wallet)) == -30_000)
  }
}
