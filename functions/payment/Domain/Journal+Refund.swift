import FunctionKit

extension Journal {
  /// What a line's refund takes back from whom.
  struct ReturnedLine: Sendable, Equatable {
    var purpose = Purpose.order
    var seller: ID?
    var parts: RefundParts
    var sellerReversal: Int
  }

  /// The money is owed to the buyer, and no longer to those who had it.
  /// - Parameters:
  ///   - lines: none for money that never belonged to an order.
  ///   - wasHandedOver: whether the courier has earned the shipping.
  static func refundStart(
    _ refund: RefundRecord, _ lines: [ReturnedLine], wasHandedOver: Bool
  ) -> Journal {
    let taken =
      refund.reason.isSurplus
      ? [(Account.suspense, refund.amount)] : lines.flatMap { $0.entries(wasHandedOver: wasHandedOver) }
    return Journal(
      .refundStart, refund.reference, "Refund \(refund.refundNumber)", taken + [(.refunds, -refund.amount)])
  }

  /// The buyer has it.
  /// - Parameter isPaidOut: whether a payout has moved the provider's part, with journals of its own.
  static func refundDone(_ refund: RefundRecord, isPaidOut: Bool) -> Journal {
    let gatewayPart = isPaidOut ? 0 : refund.gatewayPart
    return Journal(
      .refundDone, refund.reference, "Refund \(refund.refundNumber) arrived",
      [
        (.refunds, gatewayPart + refund.walletPart), (.xendit, -gatewayPart), (.wallet, -refund.walletPart),
      ])
  }
}

extension Journal.ReturnedLine {
  fileprivate func entries(wasHandedOver: Bool) -> [(Account, Int)] {
    [
      (purpose.sales(of: seller), sellerReversal), (wasHandedOver ? .absorbed : .courier, parts.shipping),
      (.tax, parts.tax),
      (.buyerFee, parts.fee), (.platformDiscount, parts.merchandise - sellerReversal),
    ]
  }
}

extension RefundRecord {
  fileprivate var reference: Journal.Reference { Journal.Reference(type: "refund", id: id) }
}
