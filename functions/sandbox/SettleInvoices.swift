import FunctionKit

/// Makes money that came in spendable when its channel's time has come.
struct SettleInvoices: CronJob {
  func handle(_ tick: Tick, context: Context) async throws {
    try await context.db.run(
      """
      update invoice set status = 'SETTLED', updated = \(context.now)
      where status = 'PAID'
        and exists (select from txn where invoice_id = invoice.id and cashflow = 'MONEY_IN'
          and settles_at <= \(context.now))
      """)
  }
}
