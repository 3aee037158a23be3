import FunctionKit

extension Context {
  /// Takes from the wallet what is due of a bill, outside of any transaction, and ends its payments: paid, or failed where
  /// what was set aside is no longer there. All of a bill's in one transaction, so that it is paid as a whole.
  ///
  /// An answer that does not come leaves all as it is; the recovery job asks again.
  func takeFromWallet(forBill bill: ID, because trigger: String) async throws {
    let due = try await db.payments(ofBill: bill).filter { $0.holdState == .due }
    var lost: Set<ID> = []
    for payment in due {
      guard let hold = payment.walletHoldId else { continue }
      do {
        try await services.take(
          hold: hold, for: payment.id, of: payment.orderId)
      } catch let error as ServiceError where error.isFinal {
        log.error("the wallet money of payment \(payment.paymentNumber) is gone: \(error)")
        lost.insert(payment.id)
      } catch let error as ServiceError {
        return log.warning("the wallet could not be asked for payment \(payment.paymentNumber): \(error)")
      }
    }
    guard !due.isEmpty else { return }
    let asked = Set(due.map(\.id))
    try await work(because: trigger) { try await $0.finish(bill: bill, asked: asked, lost: lost) }
  }
}

extension Context {
  /// The same for all bills that an invoice collects.
  func takeFromWallet(forInvoice externalId: String, because trigger: String) async throws {
    let bills: [ID] = try await db.all(
      """
      select distinct bill_id from payment join gateway_invoice invoice on invoice.id = payment.invoice_id
      where invoice.external_id = \(externalId) and hold_state = 'due' and bill_id is not null
      """)
    for bill in bills { try await takeFromWallet(forBill: bill, because: trigger) }
  }
}

extension Work {
  /// - Parameters:
  ///   - asked: the payments that the wallet was asked about.
  ///   - lost: those of them whose money it no longer had.
  fileprivate func finish(bill: ID, asked: Set<ID>, lost: Set<ID>) async throws {
    let held = try await hold(bill: bill)
    let due = held.live.filter { $0.holdState == .due }
    guard !due.isEmpty, due.allSatisfy({ asked.contains($0.id) }) else { return }
    for payment in due where lost.contains(payment.id) {
      try await failForWantOfHold(payment, held.invoices.first { $0.id == payment.invoiceId })
    }
    let paidInvoices = Set(held.invoices.filter { $0.status == .paid }.map(\.id))
    let complete = held.live.filter { payment in
      guard !lost.contains(payment.id) else { return false }
      let isCollected = payment.invoiceId.map(paidInvoices.contains) ?? false
      return payment.holdState == .due || (payment.holdState == .none && isCollected)
    }
    for payment in complete where payment.holdState == .due { try await move(payment, hold: .taken) }
    for (invoice, payments) in Dictionary(grouping: complete, by: \.invoiceId) {
      try await capture(payments, of: held.invoices.first { $0.id == invoice })
    }
    for payment in complete where payment.purpose == .order { try await refundIfBuried(payment) }
  }

  private func capture(_ payments: [PaymentRecord], of invoice: InvoiceRecord?) async throws {
    guard let invoice else { return try await capture(payments, channel: "wallet", reported: nil, at: now) }
    let channel = try await db.channel(ChannelNames.ours(invoice.channelReported))
    try await capture(
      payments, channel: channel?.code, reported: invoice.channelReported, at: invoice.paidAt ?? now)
  }

  /// Its order was cancelled while the wallet was asked.
  private func refundIfBuried(_ payment: PaymentRecord) async throws {
    guard try await isBuried(anyOf: [payment.referenceId]), let paid = try await holdPayment(payment.id) else { return }
    try await refundCancelled(paid, wasShipped: false)
  }

  /// What the provider took for it goes back.
  private func failForWantOfHold(_ payment: PaymentRecord, _ invoice: InvoiceRecord?) async throws {
    try await move(payment, hold: .released)
    try await fail(
      payment, code: "hold_closed", reason: "What the wallet had set aside for it was no longer there.")
    guard payment.gatewayAmount > 0, let invoice, let paid = invoice.paidAmount else { return }
    let channel = try await db.channel(ChannelNames.ours(invoice.channelReported))
    let late = Takings.Late(payment: payment, amount: payment.gatewayAmount)
    try await giveBackLate(late, whole: paid, mode: channel?.refundMode)
  }
}
