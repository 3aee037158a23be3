import FunctionKit

/// What was paid by Jakarta's day and by channel.
struct PaymentAnalytics: Endpoint {
  struct Input: Decodable {
    /// Thirty days before `to` unless said.
    var from: Instant?
    /// Not included; now unless said.
    var to: Instant?
  }

  struct Row: Codable, Sendable {
    var day: BusinessDay
    /// Null when the provider did not say.
    var channel: String?
    var count: Int
    var amount: Int
    var gatewayAmount: Int
    var walletAmount: Int
    var buyerFees: Int
    var gatewayFees: Int
    /// What of these payments has gone back since.
    var refunded: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Page<Row> {
    let range = try TimeRange(from: input.from, to: input.to, usual: .days(30), now: context.now)
    let rows: [Row] = try await context.db.all(
      """
      select (paid_at at time zone 'Asia/Jakarta')::date as day, channel, count(*) as count,
        sum(amount)::bigint as amount, sum(gateway_amount)::bigint as gateway_amount,
        sum(wallet_amount)::bigint as wallet_amount, sum(fee_amount)::bigint as buyer_fees,
        coalesce(sum(gateway_fee_actual), 0)::bigint as gateway_fees, sum(refunded_amount)::bigint as refunded
      from payment where paid_at >= \(range.from) and paid_at < \(range.to)
      group by 1, 2 order by 1 desc, 2
      """)
    return Page(rows, nextCursor: nil)
  }
}
