import FunctionKit
import Testing

@testable import PaymentFunctions

@Suite struct JournalTests {
  private static let seller = sampleID(1)

  private static func capture(_ lines: [(ID?, Amounts)], wallet: Int = 0) -> Journal {
    .capture(payment: sampleID(5), number: "PAY-1", wallet: wallet, lines: lines.map { ($0.0, $0.1) })
  }

  @Test func `the money of an order goes to its seller, the courier and us`() {
    var amounts = goods(250_000, shipping: 20_000)
    amounts.fee = 9250
    let journal = Self.capture([(Self.seller, amounts)])
    let sums = Dictionary(uniqueKeysWithValues: journal.entries.map { ($0.account, $0.amount) })
    #expect(
      sums == [.xendit: 279_250, .seller(Self.seller): -250_000, .courier: -20_000, .buyerFee: -9250])
  }

  @Test func `discounts are the platform's expense and reach seller and courier`() {
    let amounts = Amounts(merchandise: 10_000, platformDiscount: 10_000, shippingDiscount: 5000)
    let journal = Self.capture([(nil, amounts)])
    let sums = Dictionary(uniqueKeysWithValues: journal.entries.map { ($0.account, $0.amount) })
    #expect(sums == [.platformDiscount: 15_000, .houseSales: -10_000, .courier: -5000])
  }

  @Test func `an order of nothing has no entries`() { #expect(Self.capture([(nil, Amounts())]).entries.isEmpty) }

  @Test func `every capture balances, names an account once, and has two entries or none`() {
    var generator = SeededGenerator(state: 4)
    for _ in 0..<1000 {
      let charges = (0..<Int.random(in: 1...5, using: &generator)).map { _ in Amounts.random(using: &generator) }
      let wallet = Int.random(in: 0...charges.sum().due, using: &generator)
      let order = Bill([charges], wallet: wallet, policy: usualPolicy).orders[0]
      let journal = Self.capture(
        order.lines.enumerated().map { ($0.offset == 0 ? nil : sampleID($0.offset), $0.element) }, wallet: wallet)
      #expect(journal.balance == 0)
      #expect(journal.entries.count != 1)
      #expect(Set(journal.entries.map(\.account)).count == journal.entries.count)
      #expect(journal.entries.allSatisfy { $0.amount != 0 })
    }
  }

  @Test func `money without an owner waits in suspense`() {
    let journal = Journal.unapplied(500, .init(type: "late_payment", id: sampleID(1)), "late")
    #expect(journal.entries.map(\.amount) == [500, -500])
    #expect(journal.balance == 0)
  }
}
