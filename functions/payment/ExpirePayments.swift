import FunctionKit

/// Ends what nobody paid in time. The provider is asked first, so that nothing it has collected ever expires.
struct ExpirePayments: CronJob {
  private static let grace: Duration = .minutes(2)
  private static let step = 100
  private static let trigger = "expire_payments"

  func handle(_ tick: Tick, context: Context) async throws {
    let limit = self.limit(context)
    try await each {
      try await context.db.dueWithoutInvoice(past: limit, after: $0, most: Self.step)
    } _: { payment in
      try await context.skippingFailures("payment \(payment.id) is due") {
        try await context.work(because: Self.trigger) { try await $0.expireWithoutInvoice(payment.id, past: limit) }
      }
    }
    try await each {
      try await context.db.dueInvoices(past: limit, after: $0, most: Self.step)
    } _: { invoice in
      try await context.skippingFailures("invoice \(invoice.id) is due") { try await expire(invoice, context) }
    }
    try await each {
      try await context.db.dueShortInvoices(past: limit, after: $0, most: Self.step)
    } _: { invoice in
      try await context.skippingFailures("invoice \(invoice.id) was paid too little") {
        try await expire(invoice, context)
      }
    }
  }

  private func limit(_ context: Context) -> Instant { context.now - Self.grace }

  /// Step by step to the end, whatever can't be ended now.
  private func each(
    _ next: (Due) async throws -> [Due], _ body: (Due) async throws -> Void
  ) async throws {
    var last = Due.beforeAll
    while true {
      let due = try await next(last)
      for one in due { try await body(one) }
      guard due.count == Self.step, let end = due.last else { return }
      last = end
    }
  }

  private func expire(_ due: Due, _ context: Context) async throws {
    guard let invoice = try await context.db.invoice(due.id) else { return }
    let gateway = InvoiceGateway.xendit(context, for: invoice)
    do {
      var report = try await gateway.look(for: invoice)
      if let open = report, open.status == .pending { report = try await gateway.close(open) }
      try await context.work(because: Self.trigger) { try await $0.end(invoice, report, past: self.limit(context)) }
      try await context.takeFromWallet(forInvoice: invoice.externalId, because: Self.trigger)
    } catch let failure as GatewayFailure {
      let line = "invoice \(invoice.externalId) is due, but the provider does not say what became of it: \(failure)"
      if context.now - due.expiresAt > .hours(6) { context.log.error(line) } else { context.log.warning(line) }
    }
  }
}

extension Work {
  /// A payment that no invoice collects: nobody has to be asked.
  fileprivate func expireWithoutInvoice(_ id: ID, past limit: Instant) async throws {
    let payment: PaymentRecord? = try await db.first(
      """
      select \(PaymentRecord.columns) from payment
      where id = \(id) and \(Due.withoutInvoice(past: limit)) for no key update skip locked
      """)
    if let payment { try await expire(payment) }
  }

  /// - Parameter report: what the provider says; nil when it never heard of the invoice.
  fileprivate func end(_ invoice: InvoiceRecord, _ report: GatewayReport?, past limit: Instant) async throws {
    if let report {
      if case .parked(let reason) = try await take(report) {
        return context.log.error("invoice \(invoice.externalId) is due: \(reason)")
      }
    } else if let held = try await hold(invoice.id), held.invoice.status != .paid, held.invoice.paidAmount == nil {
      try await expire(held)
    }
    try await endShort(invoice.id, past: limit)
  }
}
