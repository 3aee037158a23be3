import FunctionKit

extension Work {
  /// Ends an invoice that was paid too little, once nobody is to pay the rest any more: its payments expire, and what
  /// came goes back by itself.
  func endShort(_ invoice: ID, past limit: Instant) async throws {
    guard let held = try await hold(invoice), held.isShort, held.isOver(at: limit) else { return }
    try await expire(held)
    let ended: [PaymentRecord] = try await db.all(
      """
      select \(PaymentRecord.columns) from payment
      where invoice_id = \(invoice) and status not in ('pending', 'awaiting_payment') order by id
      """)
    try await giveBackShort(held.invoice, to: ended, because: .latePayment)
  }

  /// What was too little goes back, once, to the payments that it was for.
  func giveBackShort(
    _ invoice: InvoiceRecord, to payments: [PaymentRecord], because reason: RefundReason
  ) async throws {
    guard let short = invoice.paidAmount else { return }
    let mode = try await db.channel(ChannelNames.ours(invoice.channelReported))?.refundMode
    for (payment, amount) in zip(payments, split(short, by: payments.map(\.gatewayAmount))) where amount > 0 {
      let method = GiveBack.method(reason, mode: mode, isWhole: amount == short)
      let back = GiveBack(reason: reason, amount: amount, method: method)
      let key = "underpayment:\(payment.id)"
      guard let refund = try await giveBack(back, from: payment, key: key, isBooked: true) else { continue }
      guard reason == .latePayment, payment.purpose == .order else { continue }
      try await emit(PaymentLateCaptured(payment, amount: amount, refund: refund, at: now))
    }
  }
}

extension HeldInvoice {
  /// Whether money has come that pays nothing.
  fileprivate var isShort: Bool {
    invoice.paidAmount != nil && (invoice.status == .open || invoice.status == .stale)
  }

  fileprivate func isOver(at limit: Instant) -> Bool {
    invoice.status == .stale || payments.allSatisfy { !$0.status.isUnpaid || $0.expiresAt < limit }
  }
}
