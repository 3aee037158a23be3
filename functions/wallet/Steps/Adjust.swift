import FunctionKit

extension Work {
  /// Books a correction of a locked wallet.
  /// - Throws: ``Problem`` 409 `wallet_frozen`, 422 `insufficient_balance`.
  func apply(_ adjustment: AdjustmentRecord, to wallet: WalletRecord) async throws {
    let transaction =
      adjustment.amount > 0
      ? try await add(adjustment, to: wallet) : try await take(adjustment, from: wallet)
    guard let transaction else { throw Problem.referenceReused("adjustment", adjustment.id) }
    try await decide(adjustment, .applied, transaction: transaction.id)
  }

  func decide(_ adjustment: AdjustmentRecord, _ status: AdjustmentStatus, transaction: ID? = nil) async throws {
    try adjustment.status.mustAllow(status)
    try await db.run(
      """
      update adjustment_request set status = \(status), decided_by = \(actor), transaction_id = \(transaction),
        updated_at = \(now)
      where id = \(adjustment.id)
      """)
    try await record(adjustment.id, from: adjustment.status, to: status)
  }

  private func add(_ it: AdjustmentRecord, to wallet: WalletRecord) async throws -> TransactionRecord? {
    let parts = it.bucket == .cash ? Parts(cash: it.amount) : Parts(promo: it.amount)
    let journal = Journal.credit(.adjustment, it.reference, it.reason, to: wallet.id, parts)
    guard it.bucket == .promo else { return try await move(wallet, Movement(.adjustment, .credit, parts, journal)) }
    let lot = NewLot(source: "adjustment", amount: it.amount, expiresAt: it.expiresAt ?? now)
    return try await grant(lot, to: wallet, about: it.reference, it.reason, as: (.adjustment, .adjustment))
  }

  private func take(_ it: AdjustmentRecord, from wallet: WalletRecord) async throws -> TransactionRecord? {
    try wallet.status.mustAllowSpending()
    let amount = -it.amount
    guard amount <= (it.bucket == .cash ? wallet.cashBalance : wallet.promoBalance) else {
      throw Problem.insufficientBalance(amount)
    }
    let parts = it.bucket == .cash ? Parts(cash: amount) : Parts(promo: amount)
    if it.bucket == .promo { try await takePromo(amount, of: wallet) }
    let journal = Journal.debit(.adjustment, it.reference, it.reason, from: wallet.id, parts)
    return try await move(wallet, Movement(.adjustment, .debit, parts, journal))
  }

  private func takePromo(_ amount: Int, of wallet: WalletRecord) async throws {
    var rest = amount
    for lot in try await db.lots(of: wallet.id) where rest > 0 {
      let taken = min(rest, lot.remaining)
      rest -= taken
      try await change(lot.id, by: -taken)
    }
  }
}

extension AdjustmentRecord {
  fileprivate var reference: Journal.Reference { Journal.Reference(type: "adjustment", id: id) }
}
