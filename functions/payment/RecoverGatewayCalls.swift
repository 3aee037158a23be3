import FunctionKit

/// Makes good what was cut off between our books and the provider: an invoice that still is to be opened is looked up
/// by our reference and adopted or asked for again, one that was replaced is ended, and refunds go on.
struct RecoverGatewayCalls: CronJob {
  /// Longer than a request may take, so that none is still at work on it.
  static let patience: Duration = .seconds(60)
  static let trigger = "recover_gateway_calls"

  /// For each of the four kinds of calls, together well below the function's time: a provider that is slow with one kind
  /// holds up no other.
  static let longest: Duration = .minutes(2)

  func handle(_ tick: Tick, context: Context) async throws {
    let begin = context.now
    try await recoverRefunds(context, begin: begin)
    try await recoverPayouts(context, begin: begin)
    try await recoverWallet(context, begin: begin)
    let end = context.now + Self.longest
    while context.now < end {
      let stuck = try await context.work(because: Self.trigger) {
        try await $0.claimStuckInvoices(before: begin - Self.patience)
      }
      guard !stuck.isEmpty else { return }
      for invoice in stuck {
        try await context.skippingFailures("invoice \(invoice.id) is unfinished") { try await finish(invoice, context) }
      }
    }
  }

  private func finish(_ invoice: InvoiceRecord, _ context: Context) async throws {
    if invoice.status == .stale {
      try await context.closeAtGateway(invoice, because: Self.trigger)
    } else {
      try await context.openAtGateway(invoice, mayExist: true, because: Self.trigger)
    }
  }
}

extension Work {
  /// Takes some of the invoices for this run; what is over is left to the job that ends payments.
  fileprivate func claimStuckInvoices(before limit: Instant) async throws -> [InvoiceRecord] {
    try await db.all(
      """
      update gateway_invoice set attempts = attempts + 1, updated_at = \(now)
      where id in (
        select id from gateway_invoice
        where status in ('creating', 'stale') and updated_at < \(limit) and expires_at > \(now)
        order by updated_at limit 1 for no key update skip locked)
      returning \(InvoiceRecord.columns)
      """)
  }
}
