import FunctionKit

/// Ends the invoices whose time is over.
struct ExpireInvoices: CronJob {
  func handle(_ tick: Tick, context: Context) async throws {
    let due: [InvoiceRecord] = try await context.db.all(
      """
      select \(InvoiceRecord.columns) from invoice where status = 'PENDING' and expiry_date < \(context.now)
      order by expiry_date limit 500 for update skip locked
      """)
    for invoice in due { try await context.ownTransaction.expire(invoice, context) }
  }
}
