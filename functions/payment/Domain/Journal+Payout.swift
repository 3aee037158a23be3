import FunctionKit

extension Journal {
  /// The money is on its way: owed to the bank, and to nobody else any longer.
  static func payoutStart(_ payout: PayoutRecord) -> Journal {
    Journal(
      .payoutStart, payout.reference, "Payout \(payout.payoutNumber)",
      [(payout.kind.debited, payout.amount), (.payouts, -payout.amount)])
  }

  /// The bank has it.
  static func payoutDone(_ payout: PayoutRecord) -> Journal {
    Journal(
      .payoutDone, payout.reference, "Payout \(payout.payoutNumber) arrived",
      [(.payouts, payout.amount), (.xendit, -payout.amount)])
  }

  /// It is back, from where the books have it.
  static func payoutUndo(_ payout: PayoutRecord) -> Journal {
    Journal(
      .payoutUndo, payout.reference, "Payout \(payout.payoutNumber) came back",
      [(payout.status == .succeeded ? .xendit : .payouts, payout.amount), (payout.kind.debited, -payout.amount)])
  }
}

extension PayoutRecord {
  /// One that has come back and is paid again is booked anew.
  fileprivate var reference: Journal.Reference {
    Journal.Reference(type: booking == 1 ? "payout" : "payout:\(booking)", id: id)
  }
}
