import FunctionKit

/// A wallet that is not what its books say.
struct Drift: Decodable, Sendable {
  var id: ID
  var difference: String
}

extension Database {
  /// Every wallet whose cached balances are not the sums of their accounts, of its holds or of its lots.
  func driftedWallets() async throws -> [Drift] {
    try await all(
      """
      select wallet.id, format('cash %s/%s, promo %s/%s/%s, held %s/%s/%s', cash_balance, cash, promo_balance, promo,
          lots, held_balance, held, holds) as difference
      from wallet
      cross join lateral (
        select coalesce(-sum(amount) filter (where bucket = 'cash'), 0) as cash,
          coalesce(-sum(amount) filter (where bucket = 'promo'), 0) as promo,
          coalesce(-sum(amount) filter (where bucket = 'hold'), 0) as held
        from ledger_account join ledger_entry on account_id = ledger_account.id
        where ledger_account.wallet_id = wallet.id) books
      cross join lateral (
        select coalesce(sum(remaining), 0) as lots from promo_lot where wallet_id = wallet.id and remaining > 0) lots
      cross join lateral (
        select coalesce(sum(amount), 0) as holds from wallet_hold
        where wallet_id = wallet.id and status = 'active') holds
      where (cash_balance, promo_balance, held_balance, promo_balance, held_balance)
        <> (cash, promo, held, lots, holds)
      order by wallet.id limit 1000
      """)
  }
}
