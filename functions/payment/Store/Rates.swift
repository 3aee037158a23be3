import FunctionKit

extension Database {
  /// The fee policy that fits a bill best: by purpose and kind of channel, by kind, by purpose, or the one for all.
  func feePolicy(_ purpose: Purpose, kind: String?, at now: Instant) async throws -> FeePolicy {
    try await one(
      """
      select rate_bp, fixed_amount, base from fee_policy
      where (purpose = \(purpose) or purpose is null) and (channel_kind = \(kind) or channel_kind is null)
        and effective_from <= \(now) and (effective_to is null or effective_to > \(now))
      order by channel_kind is not null desc, purpose is not null desc limit 1
      """)
  }

  /// What a seller pays, in basis points: their own rate or the default.
  func commissionRate(of seller: ID?, at now: Instant) async throws -> Int {
    try await one(
      """
      select rate_bp from commission_rate
      where (seller_id = \(seller) or seller_id is null)
        and effective_from <= \(now) and (effective_to is null or effective_to > \(now))
      order by seller_id is not null desc limit 1
      """)
  }
}
