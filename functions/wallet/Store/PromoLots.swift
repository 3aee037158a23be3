import FunctionKit

/// A row of `promo_lot`.
struct LotRecord: Decodable, Sendable {
  var id: ID
  var walletId: ID
  var source: String
  var campaignId: ID?
  var amount: Int
  var remaining: Int
  var minOrderAmount: Int?
  var expiresAt: Instant

  static let columns: SQL =
    "id, wallet_id, source, campaign_id, amount, remaining, min_order_amount, expires_at"
}

/// A row of `promo_use`: what a hold took of a lot.
struct UseRecord: Decodable, Sendable {
  var lotId: ID
  var amount: Int
  var returned: Int
  var restored: Int
  var expiresAt: Instant

  var open: Int { amount - returned - restored }
}

/// Promotional credit before it has a row.
struct NewLot: Sendable {
  var source: String
  var campaign: ID?
  var amount: Int
  var minOrder: Int?
  var expiresAt: Instant
}

extension Database {
  /// What is left of a wallet's promotional credit, the soonest to expire first.
  func lots(of wallet: ID) async throws -> [LotRecord] {
    try await all(
      """
      select \(LotRecord.columns) from promo_lot where wallet_id = \(wallet) and remaining > 0
      order by expires_at, id
      """)
  }

  /// In the order used.
  func uses(of hold: ID) async throws -> [UseRecord] {
    try await all(
      """
      select lot_id, promo_use.amount, returned, restored, expires_at
      from promo_use join promo_lot on promo_lot.id = lot_id where hold_id = \(hold) order by seq
      """)
  }
}

extension Work {
  func insert(_ lot: NewLot, into wallet: ID, by transaction: ID) async throws {
    try await db.run(
      """
      insert into promo_lot (id, wallet_id, source, campaign_id, amount, remaining, min_order_amount, expires_at,
        transaction_id, created_at, updated_at)
      values (\(context.newID()), \(wallet), \(lot.source), \(lot.campaign), \(lot.amount), \(lot.amount),
        \(lot.minOrder), \(lot.expiresAt), \(transaction), \(now), \(now))
      """)
  }

  /// - Parameter change: what is added to what is left.
  func change(_ lot: ID, by change: Int) async throws {
    try await db.run("update promo_lot set remaining = remaining + \(change), updated_at = \(now) where id = \(lot)")
  }
}
