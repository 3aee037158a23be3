import FunctionKit

/// A wallet is always locked before anything that belongs to it, so that all that touches it takes turns,
/// and never waits for ever.
extension Work {
  func lockWallet(_ id: ID) async throws -> WalletRecord {
    try await db.one("select \(WalletRecord.columns) from wallet where id = \(id) for update")
  }

  func lockWallet(_ kind: WalletKind, ofOwner owner: ID) async throws -> WalletRecord? {
    try await db.first(
      "select \(WalletRecord.columns) from wallet where kind = \(kind) and owner_id = \(owner) for update")
  }

  /// The wallet, locked; made on first need, with its accounts.
  func ensureWallet(_ kind: WalletKind, ofOwner owner: ID, user: ID) async throws -> WalletRecord {
    if let wallet = try await lockWallet(kind, ofOwner: owner) { return wallet }
    let id = context.newID()
    let isNew = try await db.run(
      """
      insert into wallet (id, kind, owner_id, user_id, created_at, updated_at)
      values (\(id), \(kind), \(owner), \(user), \(now), \(now)) on conflict (kind, owner_id) do nothing
      """)
    if isNew == 1 { try await openAccounts(of: id) }
    return try await db.one(
      "select \(WalletRecord.columns) from wallet where kind = \(kind) and owner_id = \(owner) for update")
  }

  private func openAccounts(of wallet: ID) async throws {
    for (account, bucket) in [(Account.cash(wallet), "cash"), (.promo(wallet), "promo"), (.hold(wallet), "hold")] {
      try await db.run(
        """
        insert into ledger_account (id, code, kind, wallet_id, bucket, created_at)
        values (\(context.newID()), \(account.code), 'liability', \(wallet), \(bucket), \(now))
        """)
    }
    try await record(wallet, from: WalletStatus?.none, to: .active)
  }
}
