import FunctionKit

/// A user's promotional credit, the soonest to expire first.
struct ListPromos: Endpoint {
  struct Promo: Codable, Sendable {
    var id: ID
    var source: String
    var amount: Int
    var remaining: Int
    /// From which order on it can be used.
    var minOrderAmount: Int?
    var expiresAt: Instant

    init(_ lot: LotRecord) {
      id = lot.id
      source = lot.source
      amount = lot.amount
      remaining = lot.remaining
      minOrderAmount = lot.minOrderAmount
      expiresAt = lot.expiresAt
    }
  }

  func handle(_ input: Nothing, context: Context) async throws -> [Promo] {
    guard let wallet = try await context.db.wallet(.buyer, ofUser: context.requireUser()) else { return [] }
    return try await context.db.lots(of: wallet.id).map(Promo.init)
  }
}
