import FunctionKit
import Testing

@testable import PaymentFunctions

@Suite struct CommissionReversalTests {
  private static func reverse(_ reversal: Int, reversed: Int = 0, _ status: CommissionStatus, in settlement: ID? = nil)
    -> CommissionReversal
  {
    CommissionReversal(
      CommissionRecord(
        id: sampleID(1), ledgerNumber: "COM-1", orderId: sampleID(2), sellerId: sampleID(3), baseAmount: 200_000,
        reversedBase: reversed, rateBp: 50, commissionAmount: share(of: 200_000 - reversed, basisPoints: 50),
        status: status, settlementId: settlement),
      reversing: reversal)
  }

  @Test func `what is still owed shrinks with the sale`() {
    let reversal = Self.reverse(80_000, .collectible)
    #expect(reversal.commission == 600 && reversal.returned == 400 && reversal.status == .collectible)
  }

  @Test func `nothing is owed for nothing`() {
    let reversal = Self.reverse(120_000, reversed: 80_000, .pending)
    #expect(reversal.commission == 0 && reversal.returned == 600 && reversal.status == .refunded)
  }

  @Test func `what was collected is frozen, and given back by the next settlement`() {
    let reversal = Self.reverse(80_000, .collected)
    #expect(reversal.isSettled && reversal.commission == 1000 && reversal.returned == 400)
    #expect(reversal.status == .collected)
  }

  @Test func `what was waived is not given back`() {
    #expect(Self.reverse(80_000, .waived).returned == 0)
  }

  @Test func `what waits in a settlement is frozen too, unless it was waived`() {
    let reversal = Self.reverse(200_000, .collectible, in: sampleID(4))
    #expect(reversal.isSettled && reversal.commission == 1000 && reversal.returned == 1000)
    #expect(reversal.status == .collectible)
    let waived = Self.reverse(80_000, .waived, in: sampleID(4))
    #expect(waived.isSettled && waived.returned == 0)
  }
}
