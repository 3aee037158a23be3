import FunctionKit

extension Work {
  /// Books money that no order can keep and orders its return, approved at once.
  /// - Parameter reference: what makes it this money and no other.
  /// - Returns: the refund's id.
  @discardableResult
  func giveBack(
    _ back: GiveBack, from payment: PaymentRecord, _ reference: Journal.Reference, because trigger: String
  ) async throws -> ID {
    let description = "\(reference.type) for \(payment.paymentNumber)"
    try await post([.unapplied(back.amount, reference, description)], because: trigger)
    try await db.run(
      """
      update payment set late_captured_amount = late_captured_amount + \(back.amount),
        refund_reserved = refund_reserved + \(back.amount), version = version + 1, updated_at = \(now)
      where id = \(payment.id)
      """)
    return try await approveRefund(back, of: payment, key: "\(reference.type):\(reference.id)", because: trigger)
  }

  func giveBackExcess(
    _ excess: Int, of invoice: InvoiceRecord, to payment: PaymentRecord, because trigger: String
  ) async throws {
    try await giveBack(
      GiveBack(reason: .overpayment, amount: excess, method: .wallet), from: payment,
      .init(type: "overpayment", id: invoice.id), because: trigger)
  }

  /// The buyer paid twice: all of the second money goes back.
  func giveBackDuplicate(_ report: GatewayReport, _ held: HeldInvoice, because trigger: String) async throws {
    guard let payment = held.payments.first else { return }
    let channel = try await db.channel(ChannelNames.ours(report.channel))
    let method = GiveBack.method(.duplicatePayment, mode: channel?.refundMode, isWhole: true)
    try await giveBack(
      GiveBack(reason: .duplicatePayment, amount: report.amount, method: method), from: payment,
      .init(type: "duplicate_payment", id: context.newID()), because: trigger)
  }
}
