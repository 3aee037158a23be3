import FunctionKit

extension Work {
  /// Withdraws all that a seller has, once a week, if they have asked for it.
  ///
  /// What stands in its way is logged and not thrown: the money is in the wallet, and there it is well kept.
  func withdrawAutomatically(from id: ID) async throws {
    let wallet = try await lockWallet(id)
    guard wallet.autoWithdraw, let account = wallet.autoAccountId, wallet.status == .active,
      wallet.cashBalance >= WithdrawalPolicy.autoMinimum
    else { return }
    let monday = BusinessTime.startOfWeek(now)
    guard try await !hasWithdrawn(wallet.id, since: monday) else { return }
    guard let account = try await db.bankAccount(account, of: wallet.userId), account.status != .invalid else {
      context.log.warning("wallet \(wallet.id) can't withdraw automatically: its bank account is gone or invalid")
      return
    }
    let week = BusinessTime.date(monday)
    let amount = min(wallet.cashBalance, WithdrawalPolicy.amounts.upperBound)
    _ = try await request(
      NewWithdrawal(amount: amount, account: account, key: "auto:\(wallet.id):\(week)", autoWeek: week), from: wallet)
  }

  private func hasWithdrawn(_ wallet: ID, since monday: Instant) async throws -> Bool {
    try await db.one(
      """
      select exists (select from withdrawal_request where wallet_id = \(wallet) and created_at >= \(monday)
        and (is_auto or status not in ('rejected', 'cancelled')))
      """)
  }
}
