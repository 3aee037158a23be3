import Testing

@testable import PaymentFunctions

@Suite struct GiveBackTests {
  @Test(arguments: [
    (RefundMode?.some(.partial), false, RefundMethod.originalPayment), (.some(.full), true, .originalPayment),
    (.some(.full), false, .wallet), (.some(.none), true, .wallet), (nil, true, .wallet),
  ])
  func `money goes back the way it came where the channel can`(
    mode: RefundMode?, isWhole: Bool, method: RefundMethod
  ) {
    #expect(GiveBack.method(.latePayment, mode: mode, isWhole: isWhole) == method)
  }

  @Test func `what was too much goes to the wallet`() {
    #expect(GiveBack.method(.overpayment, mode: .partial, isWhole: true) == .wallet)
  }

  @Test func `parts add up whatever the amount`() {
    var generator = SeededGenerator(state: 5)
    for _ in 0..<500 {
      let amount = Int.random(in: 1...3_000_000, using: &generator)
      let back = GiveBack(reason: .latePayment, amount: amount, method: .wallet)
      let payment = Amounts.random(using: &generator)
      let parts = back.parts(of: payment)
      #expect(parts.total == back.amount)
      #expect(parts.tax <= payment.tax && parts.shipping <= payment.shipping && parts.fee <= payment.fee)
    }
  }

  @Test func `a whole late payment goes back as it was made up`() {
    var payment = goods(100_000, shipping: 10_000)
    payment.fee = 4900
    #expect(
      GiveBack(reason: .latePayment, amount: payment.total, method: .wallet).parts(of: payment) == payment.refundable)
  }
}
