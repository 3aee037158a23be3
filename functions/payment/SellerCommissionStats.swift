import FunctionKit

/// What a seller owes, owed and was let off, in rupiah.
struct SellerCommissionStats: Endpoint {
  struct Input: Decodable {
    var sellerId: ID
  }

  struct Stats: Codable, Sendable {
    /// Of orders that are not completed.
    var pending: Int
    /// Which the next settlement takes.
    var collectible: Int
    var collected: Int
    var waived: Int
    /// What is left of commissions on sales that were taken back.
    var refunded: Int
    /// Collected and waived together.
    var lifetime: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Stats {
    _ = try context.requireSeller(input.sellerId)
    return try await context.db.one(
      """
      select coalesce(sum(amount) filter (where status = 'pending'), 0)::bigint as pending,
        coalesce(sum(amount) filter (where status = 'collectible'), 0)::bigint as collectible,
        coalesce(sum(amount) filter (where status = 'collected'), 0)::bigint as collected,
        coalesce(sum(amount) filter (where status = 'waived'), 0)::bigint as waived,
        coalesce(sum(amount) filter (where status = 'refunded'), 0)::bigint as refunded,
        coalesce(sum(amount) filter (where status in ('collected', 'waived')), 0)::bigint as lifetime
      from (
        select status, sum(commission_amount) as amount from commission_ledger where seller_id = \(input.sellerId)
        group by status) sums
      """)
  }
}
