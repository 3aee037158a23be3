import FunctionKit

extension Journal {
  /// What the seller owes is the house's, and the rest goes to the wallet unless it is carried on.
  ///
  /// What a refund took back is in the books since the refund began.
  static func settlement(_ settlement: SettlementRecord, _ adjustments: [AdjustmentRecord]) -> Journal {
    let seller = Account.seller(settlement.sellerId)
    let paid = settlement.status == .completed ? settlement.net : 0
    let own = [(seller, settlement.commission + paid), (Account.commission, -settlement.commission), (.wallet, -paid)]
    let others = adjustments.flatMap { adjustment -> [(Account, Int)] in
      guard let counterpart = adjustment.kind.counterpart else { return [] }
      return [(seller, -adjustment.amount), (counterpart, adjustment.amount)]
    }
    return Journal(
      .settlement, Reference(type: "settlement", id: settlement.id), "Settlement \(settlement.settlementNumber)",
      own + others)
  }

  /// A sale that comes to more, or less, than what was paid for it: the house bears the difference.
  static func baseCorrection(_ record: CommissionRecord, by difference: Int) -> Journal {
    Journal(
      .baseCorrection, Reference(type: "commission:\(record.version)", id: record.id),
      "Base of \(record.ledgerNumber) corrected",
      [(.seller(record.sellerId), -difference), (.absorbed, difference)])
  }
}
