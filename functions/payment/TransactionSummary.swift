import FunctionKit

/// What came in and went out in some time, in numbers.
struct TransactionSummary: Endpoint {
  struct Input: Decodable {
    /// Thirty days before `to` unless said.
    var from: Instant?
    /// Not included; now unless said.
    var to: Instant?
  }

  struct Summary: Codable, Sendable {
    var from: Instant
    var to: Instant
    var paid: Paid
    var refunded: Total
    var paidOut: Total
  }

  /// Payments by when they were paid, rupiah.
  struct Paid: Codable, Sendable {
    var count: Int
    var amount: Int
    var gatewayAmount: Int
    var walletAmount: Int
    /// What buyers paid for paying.
    var buyerFees: Int
    /// What the provider kept, as far as its list has told.
    var gatewayFees: Int
    /// What sellers owed for these sales when they were paid for, and owe now.
    var commissions: Int
  }

  struct Total: Codable, Sendable {
    var count: Int
    var amount: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Summary {
    let range = try TimeRange(from: input.from, to: input.to, usual: .days(30), now: context.now)
    return try await Summary(
      from: range.from, to: range.to, paid: context.db.paid(range), refunded: context.db.total("refund", range),
      paidOut: context.db.total("payout", range))
  }
}

extension Database {
  fileprivate func paid(_ range: TimeRange) async throws -> TransactionSummary.Paid {
    try await one(
      """
      select count(*) as count, coalesce(sum(amount), 0)::bigint as amount,
        coalesce(sum(gateway_amount), 0)::bigint as gateway_amount,
        coalesce(sum(wallet_amount), 0)::bigint as wallet_amount, coalesce(sum(fee_amount), 0)::bigint as buyer_fees,
        coalesce(sum(gateway_fee_actual), 0)::bigint as gateway_fees,
        (select coalesce(sum(commission_amount), 0)::bigint from commission_ledger
          join payment sale on sale.id = payment_id
          where sale.paid_at >= \(range.from) and sale.paid_at < \(range.to)
            and commission_ledger.status <> 'waived') as commissions
      from payment where paid_at >= \(range.from) and paid_at < \(range.to)
      """)
  }

  /// - Parameter table: of what is completed at some time.
  fileprivate func total(_ table: SQL, _ range: TimeRange) async throws -> TransactionSummary.Total {
    try await one(
      """
      select count(*) as count, coalesce(sum(amount), 0)::bigint as amount from \(table)
      where completed_at >= \(range.from) and completed_at < \(range.to)
        and status in ('completed', 'succeeded')
      """)
  }
}
