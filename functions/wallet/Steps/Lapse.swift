import FunctionKit

extension Work {
  /// Takes what is left of expired lots of a locked wallet.
  func lapse(_ lots: [ID], of wallet: WalletRecord, about reference: Journal.Reference) async throws {
    let left: Int = try await db.one(
      "select coalesce(sum(remaining), 0)::bigint from promo_lot where id = any(\(lots)::uuid[])")
    guard left > 0 else { return }
    try await db.run(
      "update promo_lot set remaining = 0, updated_at = \(now) where id = any(\(lots)::uuid[]) and remaining > 0")
    let parts = Parts(promo: left)
    let journal = Journal.debit(.expiry, reference, "Promotional credit expired", from: wallet.id, parts)
    try await move(wallet, Movement(.expiry, .debit, parts, journal))
  }
}
