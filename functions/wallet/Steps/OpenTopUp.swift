import FunctionKit

extension Work {
  /// Records a top-up before anybody is asked for its invoice.
  /// - Parameter key: the client's; the same one gives the same top-up.
  /// - Throws: ``Problem`` 409 `wallet_frozen`, 422 `balance_ceiling`.
  func openTopUp(_ amount: Int, for user: ID, key: String) async throws -> TopUpRecord {
    let wallet = try await ensureWallet(.buyer, ofOwner: user, user: user)
    if let known: TopUpRecord = try await db.first(
      "select \(TopUpRecord.columns) from topup where idempotency_key = \(key)")
    {
      return known
    }
    try wallet.status.mustAllowSpending()
    guard wallet.cashBalance + amount <= TopUpPolicy.ceiling else {
      throw Problem(422, "balance_ceiling", "A wallet may hold Rp \(TopUpPolicy.ceiling) after a top-up, not more.")
    }
    let id = context.newID()
    _ = try await numbered(.topUp) { number in
      try await db.run(
        """
        insert into topup (id, topup_number, wallet_id, amount, expires_at, idempotency_key, created_at, updated_at)
        values (\(id), \(number), \(wallet.id), \(amount), \(now + TopUpPolicy.life), \(key), \(now), \(now))
        on conflict (topup_number) do nothing
        """)
    }
    try await record(id, from: TopUpStatus?.none, to: .pending)
    return try await db.one("select \(TopUpRecord.columns) from topup where id = \(id)")
  }

  /// Keeps where the payment service lets it be paid.
  func note(_ bill: TopUpInvoice, on topUp: ID) async throws -> TopUpRecord {
    try await db.one(
      """
      update topup set payment_id = \(bill.payment.id), payment_url = \(bill.invoice?.url),
        fee_amount = \(bill.payment.feeAmount), expires_at = coalesce(\(bill.payment.expiresAt), expires_at),
        updated_at = \(now)
      where id = \(topUp) returning \(TopUpRecord.columns)
      """)
  }

  /// Ends one that the payment service refuses for good.
  func refuse(topUp id: ID) async throws {
    guard let (topUp, _) = try await lock(topUp: id), topUp.status == .pending else { return }
    try await set(topUp, to: .failed)
  }
}
