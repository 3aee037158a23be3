import FunctionKit

/// Money that the payment service gives back into a wallet.
struct WalletRefund: Sendable {
  var id: ID
  var payment: ID
  var order: ID?
  var amount: Int
}

extension Work {
  /// Credits a refund to where the payment took it from, once.
  /// - Returns: false when it was credited before.
  func credit(_ refund: WalletRefund, to wallet: WalletRecord) async throws -> Bool {
    let hold: HoldRecord? = try await db.first(
      """
      select \(HoldRecord.columns) from wallet_hold
      where payment_id = \(refund.payment) and wallet_id = \(wallet.id) and status = 'captured' for update
      """)
    let uses = if let hold { try await db.uses(of: hold.id) } else { [UseRecord]() }
    let restoration = Restoration(
      refund.amount, cash: hold.map { $0.captured.cash - $0.restoredCash } ?? 0,
      uses: uses.map { Restoration.Use(lot: $0.lotId, open: $0.open, expiresAt: $0.expiresAt) }, at: now)
    let journal = Journal.credit(
      .refund, Journal.Reference(type: "refund", id: refund.id), "Refund", to: wallet.id, restoration.parts)
    var movement = Movement(.refund, .credit, restoration.parts, journal)
    (movement.paymentId, movement.orderId) = (refund.payment, refund.order)
    movement.expiresAt = restoration.lots.map(\.expiresAt).min()
    guard let transaction = try await move(wallet, movement) else { return false }
    guard let hold else { return true }
    try await db.run(
      "update wallet_hold set restored_cash = restored_cash + \(restoration.held) where id = \(hold.id)")
    for lot in restoration.lots { try await restore(lot, of: hold.id, wallet.id, transaction.id) }
    return true
  }

  private func restore(_ lot: Restoration.Lot, of hold: ID, _ wallet: ID, _ transaction: ID) async throws {
    try await db.run(
      """
      update promo_use set restored = restored + \(lot.amount) where hold_id = \(hold) and lot_id = \(lot.of)
      """)
    let old: LotRecord = try await db.one("select \(LotRecord.columns) from promo_lot where id = \(lot.of)")
    try await insert(
      NewLot(
        source: "restored", campaign: old.campaignId, amount: lot.amount, minOrder: old.minOrderAmount,
        expiresAt: lot.expiresAt),
      into: wallet, by: transaction)
  }
}
