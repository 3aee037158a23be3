import FunctionKit

extension Work {
  /// Takes the money of an invoice: to the payments that wait for it, and back where none can keep it.
  func collect(_ takings: Takings, _ report: GatewayReport, _ invoice: InvoiceRecord) async throws {
    // Too little had come before, which this money makes good.
    try await giveBackShort(invoice, to: takings.captured, because: .duplicatePayment)
    try await markPaid(invoice, report)
    let channel = try await db.channel(ChannelNames.ours(report.channel))
    if takings.captured.contains(where: { $0.holdState == .held }) {
      // The wallet's money first, and nothing is open while the wallet is asked for it.
      for payment in takings.captured where payment.holdState == .held { try await move(payment, hold: .due) }
    } else {
      try await capture(takings.captured, channel: channel?.code, reported: report.channel, at: report.paidAt ?? now)
    }
    for late in takings.late {
      try await giveBackLate(late, whole: report.amount, mode: channel?.refundMode)
    }
    if takings.excess > 0, let payment = takings.captured.first {
      try await giveBackExcess(takings.excess, report, to: payment)
    }
  }

  /// Whether money has come for an unpaid payment, which waits for what the wallet pays of it.
  func isCollected(_ payment: PaymentRecord) async throws -> Bool {
    if payment.holdState == .due { return true }
    return try await db.invoice(payment.invoiceId)?.status == .paid
  }

  /// Takes what a later report adds: the money's id, when it was settled, and that it was more than believed.
  func confirm(_ excess: Int, _ report: GatewayReport, _ held: HeldInvoice) async throws {
    try await db.run(
      """
      update gateway_invoice set gateway_payment_id = coalesce(gateway_payment_id, \(report.paymentId)),
        settled_at = coalesce(settled_at, \(report.status == .settled ? now : nil)),
        paid_amount = paid_amount + \(excess), updated_at = \(now)
      where id = \(held.invoice.id)
      """)
    if excess > 0, let payment = held.payments.first {
      try await giveBackExcess(excess, report, to: payment)
    }
  }

  /// Keeps in the books what was paid of an invoice that it does not pay. Unless all of it comes as well, it goes back
  /// when the payments have ended.
  func keepShort(_ report: GatewayReport, _ invoice: InvoiceRecord) async throws {
    try await db.run(
      """
      update gateway_invoice set paid_amount = \(report.amount), gateway_payment_id = \(report.paymentId),
        channel_reported = \(report.channel), last_error = 'underpaid', updated_at = \(now)
      where id = \(invoice.id)
      """)
    let reference = Journal.Reference(type: "underpayment", id: invoice.id)
    try await post([.unapplied(report.amount, reference, "Underpaid \(invoice.externalId)")])
  }

  private func markPaid(_ invoice: InvoiceRecord, _ report: GatewayReport) async throws {
    try invoice.status.mustAllow(.paid)
    try await db.run(
      """
      update gateway_invoice set status = 'paid', gateway_ref = \(report.gatewayRef), paid_amount = \(report.amount),
        gateway_payment_id = \(report.paymentId), channel_reported = \(report.channel),
        paid_at = \(report.paidAt ?? now), settled_at = \(report.status == .settled ? now : nil), updated_at = \(now)
      where id = \(invoice.id)
      """)
    try await record(invoice.id, from: invoice.status, to: .paid)
  }
}
