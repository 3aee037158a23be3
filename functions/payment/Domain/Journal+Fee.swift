import FunctionKit

extension Journal {
  /// What the provider kept of a payment or a refund, or took for a payout, once for each.
  static func fee(_ fee: Int, of type: MovementType, _ movement: OwnMovement) -> Journal {
    let isPayout = type == .payout
    return Journal(
      isPayout ? .payoutFee : .gatewayFee,
      Reference(type: type == .payment ? "invoice" : type.rawValue, id: movement.id),
      "Fee of \(movement.reference)", [(isPayout ? .payoutFee : .gatewayFee, fee), (.xendit, -fee)])
  }

  /// A payout has come back, and with it what the provider had taken for it.
  static func payoutFeeUndo(_ fee: Int, of movement: OwnMovement) -> Journal {
    Journal(
      .payoutFeeUndo, Reference(type: "payout", id: movement.id), "Fee of \(movement.reference) given back",
      [(.xendit, fee), (.payoutFee, -fee)])
  }
}
