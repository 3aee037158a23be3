import FunctionKit

/// What is to be set aside, and for what.
struct NewHold: Sendable {
  var purpose: HoldPurpose
  var reference: ID
  var amount: Int
  /// What the order comes to that promotional credit may pay; nil for cash alone.
  var order: Int?
  var usesPromo = false
  var expiresAt: Instant?
}

extension Work {
  /// Sets money of a locked wallet aside.
  /// - Throws: ``Problem`` 409 `wallet_frozen`, 422 `insufficient_balance`.
  func setAside(_ new: NewHold, of wallet: WalletRecord) async throws -> HoldRecord {
    try wallet.status.mustAllowSpending()
    let lots = new.usesPromo ? try await db.lots(of: wallet.id).map(\.spendable) : []
    guard let spending = Spending(new.amount, cash: wallet.cashBalance, lots: lots, order: new.order, at: now) else {
      throw Problem.insufficientBalance(new.amount)
    }
    let id = context.newID()
    try await insert(id, new, spending, wallet.id)
    for (index, use) in spending.uses.enumerated() { try await take(use, index, for: id) }
    _ = try await post(.hold(spending.parts, of: wallet.id, id))
    try await record(id, from: HoldStatus?.none, to: .active)
    return try await db.one("select \(HoldRecord.columns) from wallet_hold where id = \(id)")
  }

  private func insert(_ id: ID, _ new: NewHold, _ spending: Spending, _ wallet: ID) async throws {
    try await db.run(
      """
      insert into wallet_hold (id, wallet_id, purpose, reference_id, amount, cash_amount, promo_amount, order_amount,
        expires_at, created_at, updated_at)
      values (\(id), \(wallet), \(new.purpose), \(new.reference), \(new.amount), \(spending.parts.cash),
        \(spending.parts.promo), \(new.order), \(new.expiresAt), \(now), \(now))
      """)
  }

  private func take(_ use: Spending.Use, _ index: Int, for hold: ID) async throws {
    try await change(use.lot, by: -use.amount)
    try await db.run(
      """
      insert into promo_use (hold_id, lot_id, seq, amount) values (\(hold), \(use.lot), \(index), \(use.amount))
      """)
  }
}

extension LotRecord {
  fileprivate var spendable: Spending.Lot {
    Spending.Lot(id: id, remaining: remaining, minOrderAmount: minOrderAmount, expiresAt: expiresAt)
  }
}
