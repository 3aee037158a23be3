import FunctionKit

/// An invoice, or a payment without one, whose time is over.
struct Due: Decodable, Sendable {
  var id: ID
  var expiresAt: Instant

  static let beforeAll = Due(id: ID(at: Instant(seconds: 0), random: (0, 0)), expiresAt: Instant(seconds: 0))

  /// Payments that nobody is asked about.
  static func withoutInvoice(past limit: Instant) -> SQL {
    "invoice_id is null and status = 'pending' and hold_state <> 'due' and expires_at < \(limit)"
  }
}

extension Due {
  static func short(past limit: Instant, after last: Due, most: Int) -> SQL {
    """
    select invoice.id, max(payment.expires_at) as expires_at
    from gateway_invoice invoice join payment on payment.invoice_id = invoice.id
    where invoice.paid_amount is not null and invoice.status in ('open', 'stale')
    group by invoice.id
    having (invoice.status = 'stale'
        or bool_and(payment.status not in ('pending', 'awaiting_payment') or payment.expires_at < \(limit)))
      and (max(payment.expires_at), invoice.id) > (\(last.expiresAt)::timestamptz, \(last.id)::uuid)
    order by 2, 1 limit \(most)
    """
  }
}

/// Each part begins where the one before ended, so that what can't be ended now does not hold up the rest.
extension Database {
  /// Invoices that were paid too little and that nobody is to pay the rest of.
  func dueShortInvoices(past limit: Instant, after last: Due, most: Int) async throws -> [Due] {
    try await all(Due.short(past: limit, after: last, most: most))
  }

  func dueWithoutInvoice(past limit: Instant, after last: Due, most: Int) async throws -> [Due] {
    try await all(
      """
      select id, expires_at from payment
      where \(Due.withoutInvoice(past: limit)) and (expires_at, id) > (\(last.expiresAt)::timestamptz, \(last.id)::uuid)
      order by expires_at, id limit \(most)
      """)
  }

  /// Invoices none of whose payments has time left.
  func dueInvoices(past limit: Instant, after last: Due, most: Int) async throws -> [Due] {
    try await all(
      """
      select invoice.id, max(payment.expires_at) as expires_at
      from gateway_invoice invoice join payment on payment.invoice_id = invoice.id
      where invoice.paid_amount is null and payment.status in ('pending', 'awaiting_payment')
        and invoice.id in (
          select invoice_id from payment where status in ('pending', 'awaiting_payment') and expires_at < \(limit))
      group by invoice.id
      having max(payment.expires_at) < \(limit)
        and (max(payment.expires_at), invoice.id) > (\(last.expiresAt)::timestamptz, \(last.id)::uuid)
      order by 2, 1 limit \(most)
      """)
  }
}
