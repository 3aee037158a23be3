import FunctionKit
import Testing

@testable import PaymentFunctions

@Suite struct RefundPlanTests {
  private static func line(_ number: Int, _ amounts: Amounts) -> RefundableLine {
    RefundableLine(
      id: sampleID(number), sellerId: sampleID(100 + number), merchandiseAmount: amounts.merchandise,
      paidGoods: amounts.goods, shippingAmount: amounts.shipping, taxAmount: amounts.tax, feeAmount: amounts.fee,
      refundedMerchandise: 0, refundedShipping: 0, refundedTax: 0, refundedFee: 0, reversed: 0)
  }

  @Test func `a seller gives back the platform's part of the price too`() throws {
    let line = Self.line(1, Amounts(merchandise: 200_000, platformDiscount: 50_000))
    #expect(try RefundPlan(.amount(60_000), because: .other, of: [line]).lines.map(\.sellerReversal) == [80_000])
  }

  @Test func `a cancelled order takes back what a voucher paid alone`() throws {
    let line = Self.line(1, Amounts(merchandise: 10_000, platformDiscount: 10_000, shipping: 5000))
    #expect(try RefundPlan(.usual, because: .orderCancelled, of: [line]).lines.map(\.sellerReversal) == [10_000])
    #expect(try RefundPlan(.usual, because: .wrongItem, of: [line]).lines.map(\.sellerReversal) == [0])
  }

  @Test func `shipping alone costs the seller nothing`() throws {
    let line = Self.line(1, goods(10_000, shipping: 5000))
    let wish = RefundPlan.Wish(line: line.id, parts: RefundParts(shipping: 5000))
    #expect(try RefundPlan(.lines([wish]), because: .other, of: [line]).lines.map(\.sellerReversal) == [0])
  }

  @Test func `nothing is no refund`() {
    #expect(throws: Problem.refundExceedsPaid) {
      try RefundPlan(.usual, because: .other, of: [Self.line(1, Amounts())])
    }
  }

  /// In any order and size, refunds stay within what is left of each part of each line, and end with all of the sale.
  @Test(arguments: 0..<20)
  func `a payment that is refunded piece by piece comes to itself`(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    var lines = (0..<Int.random(in: 1...4, using: &generator)).map { number in
      var amounts = Amounts.random(using: &generator)
      amounts.fee = Int.random(in: 0...9000, using: &generator)
      return Self.line(number, amounts)
    }
    let all = lines.map(\.left).sum()
    var returned = RefundParts()
    while case let left = lines.map(\.left).sum(), left.total > 0 {
      let amount = Int.random(in: 1...left.total, using: &generator)
      let plan = try RefundPlan(.amount(amount), because: .other, of: lines)
      #expect(plan.total.total == amount)
      for part in plan.lines {
        let index = try #require(lines.firstIndex { $0.id == part.line })
        lines[index].take(part)
        #expect(RefundParts().fits(in: lines[index].left))
        #expect(lines[index].reversalLeft >= 0)
      }
      returned = returned + plan.total
    }
    #expect(returned == all)
    #expect(lines.allSatisfy { $0.reversalLeft == 0 || $0.paidGoods == 0 })
  }
}

extension RefundableLine {
  fileprivate mutating func take(_ part: RefundPlan.Line) {
    refundedMerchandise += part.parts.merchandise
    refundedShipping += part.parts.shipping
    refundedTax += part.parts.tax
    refundedFee += part.parts.fee
    reversed += part.sellerReversal
  }
}
