import FunctionKit

/// Forgets where a deleted user banks, and closes their wallets; money that is left is for finance to return.
struct CloseOnUserDeleted: EventHandler {
  struct Input: Decodable {
    var userId: ID
  }

  func handle(_ input: Input, context: Context) async throws {
    let work = context.ownWork(because: "close_on_user_deleted")
    let wallets: [ID] = try await work.db.all("select id from wallet where user_id = \(input.userId) order by id")
    var isEmpty = true
    for id in wallets {
      let wallet = try await work.lockWallet(id)
      isEmpty = try await work.close(leftBehind: wallet) && isEmpty
    }
    if isEmpty { try await work.eraseAccounts(of: input.userId) }
  }
}

extension Work {
  /// - Returns: whether nothing is left in it.
  fileprivate func close(leftBehind wallet: WalletRecord) async throws -> Bool {
    guard let obstacle = try await obstacleToClosing(wallet) else {
      if wallet.status == .active || wallet.status == .frozen {
        try await set(wallet, to: .closed, reason: "the user was deleted")
      }
      return true
    }
    context.log.error("the user of wallet \(wallet.id) was deleted, but \(obstacle): finance has to return it")
    if wallet.status == .active { try await set(wallet, to: .frozen, reason: "the user was deleted") }
    return false
  }

  fileprivate func eraseAccounts(of user: ID) async throws {
    try await db.run(
      "update wallet set auto_withdraw = false, auto_account_id = null, updated_at = \(now) where user_id = \(user)")
    try await db.run(
      """
      update bank_account set account_number_enc = null, account_hash = ''::bytea, account_last4 = '',
        account_holder = '', is_default = false, deleted_at = coalesce(deleted_at, \(now)), updated_at = \(now)
      where user_id = \(user)
      """)
  }
}
