import FunctionKit

@testable import PaymentFunctions

/// Chance that can be repeated (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

let usualPolicy = FeePolicy(rateBp: 290, fixedAmount: 2000, base: .goods)

func goods(_ merchandise: Int, shipping: Int = 0) -> Amounts { Amounts(merchandise: merchandise, shipping: shipping) }

func sampleID(_ number: Int) -> ID { ID(at: Instant(seconds: 0), random: (0, UInt64(number))) }

extension Amounts {
  static func random(using generator: inout SeededGenerator) -> Amounts {
    let merchandise = Int.random(in: 0...2_000_000, using: &generator)
    return Amounts(
      merchandise: merchandise, platformDiscount: Int.random(in: 0...merchandise, using: &generator),
      shipping: Int.random(in: 0...50_000, using: &generator),
      shippingDiscount: Int.random(in: 0...20_000, using: &generator),
      tax: Int.random(in: 0...20_000, using: &generator))
  }
}

extension PaymentRecord {
  static func sample(_ number: Int, gateway: Int, _ status: PaymentStatus = .awaitingPayment) -> PaymentRecord {
    PaymentRecord(
      id: sampleID(number), paymentNumber: "PAY-20260115-0000\(number)", referenceId: sampleID(100 + number),
      orderNumber: "ORD-\(number)", userId: sampleID(7), merchandiseAmount: gateway, platformDiscount: 0,
      shippingAmount: 0, shippingDiscount: 0, taxAmount: 0, feeAmount: 0, amount: gateway, walletAmount: 0,
      gatewayAmount: gateway, refundedAmount: 0, status: status, customer: Customer(), expiresAt: Instant(seconds: 0))
  }
}

extension InvoiceRecord {
  static func sample(
    _ status: InvoiceStatus, amount: Int = 100, paid: Int? = nil, money: String? = nil
  ) -> InvoiceRecord {
    InvoiceRecord(
      id: sampleID(9), externalId: "inv_9", gatewayRef: status == .creating ? nil : "x9", gatewayPaymentId: money,
      amount: amount, status: status, paidAmount: paid, expiresAt: Instant(seconds: 0))
  }
}
