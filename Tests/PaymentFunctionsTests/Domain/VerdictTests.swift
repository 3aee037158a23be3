import FunctionKit
import Testing

@testable import PaymentFunctions

@Suite struct VerdictTests {
  private static func report(
    _ status: GatewayReport.Status, amount: Int = 100, ref: String = "x9", money: String? = "m1"
  ) -> GatewayReport {
    GatewayReport(externalId: "inv_9", gatewayRef: ref, status: status, amount: amount, paymentId: money)
  }

  private static func verdict(
    _ report: GatewayReport, _ invoice: InvoiceRecord, _ payments: [PaymentRecord] = [.sample(1, gateway: 100)]
  ) -> Verdict { .on(report, invoice: invoice, payments: payments) }

  private static func takings(_ verdict: Verdict) -> Takings? {
    if case .collect(let takings) = verdict { takings } else { nil }
  }

  @Test func `payment is collected once, from an open invoice`() throws {
    let takings = try #require(Self.takings(Self.verdict(Self.report(.paid), .sample(.open))))
    #expect(takings.captured.count == 1)
    #expect(takings.excess == 0)
    #expect(Self.verdict(Self.report(.paid), .sample(.paid, paid: 100, money: "m1")) == .confirm(excess: 0))
    #expect(Self.verdict(Self.report(.paid, money: nil), .sample(.paid, paid: 100, money: "m1")) == .confirm(excess: 0))
  }

  @Test func `other money for a paid invoice is a duplicate`() {
    #expect(Self.verdict(Self.report(.paid, money: "m2"), .sample(.paid, paid: 100, money: "m1")) == .duplicate)
  }

  @Test func `money that was found by asking is not a duplicate of its own webhook`() {
    #expect(Self.verdict(Self.report(.paid), .sample(.paid, paid: 100)) == .confirm(excess: 0))
    #expect(Self.verdict(Self.report(.paid, amount: 130), .sample(.paid, paid: 100)) == .confirm(excess: 30))
  }

  @Test func `too little pays nothing, and is not mistaken for enough when the provider is asked later`() {
    #expect(Self.verdict(Self.report(.paid, amount: 99), .sample(.open)) == .short)
    guard case .park = Self.verdict(Self.report(.paid, money: nil), .sample(.open, paid: 99, money: "m1")) else {
      Issue.record("an underpaid invoice must not be collected")
      return
    }
    guard case .park = Self.verdict(Self.report(.paid, amount: 98, money: "m2"), .sample(.open, paid: 99, money: "m1"))
    else {
      Issue.record("two times too little must not be collected")
      return
    }
    let known = Self.verdict(Self.report(.paid, amount: 99), .sample(.open, paid: 99, money: "m1"))
    #expect(known == .ignore("too little, as known"))
    #expect(Self.takings(Self.verdict(Self.report(.paid, money: "m2"), .sample(.open, paid: 99, money: "m1"))) != nil)
  }

  @Test func `what is more than asked for goes back`() throws {
    let takings = try #require(Self.takings(Self.verdict(Self.report(.paid, amount: 130), .sample(.open))))
    #expect(takings.excess == 30)
  }

  @Test func `money for ended payments goes back by share`() throws {
    let ended = [PaymentRecord.sample(1, gateway: 60, .expired), .sample(2, gateway: 40, .cancelled)]
    let takings = try #require(Self.takings(Self.verdict(Self.report(.paid, amount: 99), .sample(.expired), ended)))
    #expect(takings.captured.isEmpty)
    #expect(takings.late.map(\.amount) == [59, 40])
  }

  @Test func `a payment that left the bill gets nothing, and its money goes back`() throws {
    let payments = [PaymentRecord.sample(1, gateway: 60), .sample(2, gateway: 40, .cancelled)]
    let takings = try #require(Self.takings(Self.verdict(Self.report(.paid), .sample(.stale), payments)))
    #expect(takings.captured.map(\.id) == [sampleID(1)])
    #expect(takings.late.map(\.amount) == [40])
    #expect(takings.excess == 0)
  }

  @Test func `expiry counts for an open invoice only`() {
    #expect(Self.verdict(Self.report(.expired), .sample(.open)) == .expire)
    #expect(Self.verdict(Self.report(.expired), .sample(.stale)) == .expire)
    for invoice in [InvoiceRecord.sample(.paid, paid: 100), .sample(.expired), .sample(.open, paid: 50)] {
      guard case .ignore = Self.verdict(Self.report(.expired), invoice) else {
        Issue.record("expiry of \(invoice.status) must be ignored")
        continue
      }
    }
  }

  @Test func `a report about another invoice of the provider is parked`() {
    guard case .park = Self.verdict(Self.report(.paid, ref: "other"), .sample(.open)) else {
      Issue.record("it must be parked")
      return
    }
  }
}
