import FunctionKit

/// Ends what nobody paid in time. The provider is asked first, so that nothing it has collected ever expires.
struct ExpirePayments: CronJob {
  private static let grace: Duration = .minutes(2)
  private static let step = 100
  private static let trigger = "expire_payments"

  func handle(_ tick: Tick, context: Context) async throws {
    try await context.work(because: Self.trigger) { try await $0.expireUninvoiced(past: $0.now - Self.grace) }
    var last = DueInvoice.beforeAll
    while true {
      let due = try await context.db.dueInvoices(past: context.now - Self.grace, after: last, most: Self.step)
      for invoice in due {
        try await context.skippingFailures("invoice \(invoice.id) is due") { try await expire(invoice, context) }
      }
      guard due.count == Self.step, let next = due.last else { return }
      last = next
    }
  }

  private func expire(_ due: DueInvoice, _ context: Context) async throws {
    guard let invoice = try await context.db.invoice(due.id) else { return }
    let gateway = InvoiceGateway.xendit(context, for: invoice)
    do {
      var report = try await gateway.look(for: invoice)
      if let open = report, open.status == .pending { report = try await gateway.close(open) }
      try await context.work(because: Self.trigger) { try await $0.end(invoice, report) }
      try await context.takeFromWallet(forInvoice: invoice.externalId, because: Self.trigger)
    } catch let failure as GatewayFailure {
      let line = "invoice \(invoice.externalId) is due, but the provider does not say what became of it: \(failure)"
      if context.now - due.expiresAt > .hours(6) { context.log.error(line) } else { context.log.warning(line) }
    }
  }
}

extension Work {
  /// Payments that no invoice collects: nobody has to be asked.
  fileprivate func expireUninvoiced(past limit: Instant) async throws {
    let payments: [PaymentRecord] = try await db.all(
      """
      select \(PaymentRecord.columns) from payment
      where invoice_id is null and status = 'pending' and hold_state <> 'due' and expires_at < \(limit)
      order by id limit 100 for no key update skip locked
      """)
    for payment in payments { try await expire(payment) }
  }

  /// - Parameter report: what the provider says; nil when it never heard of the invoice.
  fileprivate func end(_ invoice: InvoiceRecord, _ report: GatewayReport?) async throws {
    if let report {
      _ = try await take(report)
    } else if let held = try await hold(invoice.id), held.invoice.status != .paid {
      try await expire(held)
    }
  }
}
