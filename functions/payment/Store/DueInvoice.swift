import FunctionKit

/// An invoice whose time is over while payments still wait for it.
struct DueInvoice: Decodable, Sendable {
  var id: ID
  var expiresAt: Instant

  static let beforeAll = DueInvoice(
    id: ID(at: Instant(seconds: 0), random: (0, 0)), expiresAt: Instant(seconds: 0))
}

extension Database {
  /// - Parameter last: where the step before ended, so that what can't be ended now does not hold up the rest.
  func dueInvoices(past limit: Instant, after last: DueInvoice, most: Int) async throws -> [DueInvoice] {
    try await all(
      """
      select invoice.id, max(payment.expires_at) as expires_at
      from gateway_invoice invoice join payment on payment.invoice_id = invoice.id
      where payment.status in ('pending', 'awaiting_payment') and invoice.paid_amount is null
      group by invoice.id
      having max(payment.expires_at) < \(limit)
        and (max(payment.expires_at), invoice.id) > (\(last.expiresAt)::timestamptz, \(last.id)::uuid)
      order by 2, 1 limit \(most)
      """)
  }
}
