import FunctionKit

/// A withdrawal before it has a row.
struct NewWithdrawal: Sendable {
  var amount: Int
  var account: BankAccountRecord
  var key: String
  /// The Monday of an automatic one's week.
  var autoWeek: String?
}

extension Work {
  /// Sets the money aside, and has a person look where the rules say so.
  /// - Throws: ``Problem`` 409 `wallet_frozen`, `daily_limit`; 422 `account_invalid`, `insufficient_balance`.
  func request(_ new: NewWithdrawal, from wallet: WalletRecord) async throws -> WithdrawalRecord {
    try wallet.status.mustAllowSpending()
    guard new.account.status != .invalid else { throw Problem.accountInvalid }
    try await requireDailyLimit(of: wallet.id)
    let id = context.newID()
    let hold = try await setAside(NewHold(purpose: .withdrawal, reference: id, amount: new.amount), of: wallet)
    let reason = WithdrawalPolicy.reviewReason(new.amount, accountUsableFrom: new.account.usableFrom, at: now)
    _ = try await numbered(.withdrawal) { try await insert(id, $0, new, hold, reason) }
    try await record(id, from: WithdrawalStatus?.none, to: .requested)
    guard let made = try await db.withdrawal(id) else { throw Problem.notFound("withdrawal") }
    try await emit(WithdrawalRequested(made, of: wallet, at: now))
    try await set(made, to: reason == nil ? .approved : .pendingReview, reason)
    return try await db.one("select \(WithdrawalRecord.columns) from withdrawal_request where id = \(id)")
  }

  private func insert(
    _ id: ID, _ number: String, _ new: NewWithdrawal, _ hold: HoldRecord, _ reason: String?
  ) async throws -> Int {
    let fee = WithdrawalPolicy.fee
    return try await db.run(
      """
      insert into withdrawal_request (id, withdrawal_number, wallet_id, hold_id, bank_account_id, amount, fee,
        net_amount, channel_code, account_last4, account_holder, is_auto, auto_week, review_reason, idempotency_key,
        created_at, updated_at)
      values (\(id), \(number), \(hold.walletId), \(hold.id), \(new.account.id), \(new.amount), \(fee),
        \(new.amount - fee), \(new.account.channelCode), \(new.account.accountLast4), \(new.account.accountHolder),
        \(new.autoWeek != nil), \(new.autoWeek)::date, \(reason), \(new.key), \(now), \(now))
      on conflict (withdrawal_number) do nothing
      """)
  }

  private func requireDailyLimit(of wallet: ID) async throws {
    let today: Int = try await db.one(
      """
      select count(*) from withdrawal_request
      where wallet_id = \(wallet) and created_at >= \(BusinessTime.startOfDay(now))
        and status not in ('rejected', 'cancelled')
      """)
    guard today < WithdrawalPolicy.perDay else {
      throw Problem(409, "daily_limit", "There are \(today) withdrawals today already; the next is possible tomorrow.")
    }
  }
}

extension Problem {
  static let accountInvalid = Problem(
    422, "account_invalid", "Nothing can be paid out to this account; check its number and holder, and add it anew.")
}
