import FunctionKit

extension Work {
  /// The payment service has the withdrawal, so the money leaves the wallet.
  func accept(_ withdrawal: WithdrawalRecord, _ wallet: WalletRecord, payout: ID) async throws -> WithdrawalRecord {
    guard withdrawal.status == .approved else { return withdrawal }
    try await db.run(
      """
      update withdrawal_request set payout_id = \(payout), processing_at = \(now) where id = \(withdrawal.id)
      """)
    try await set(withdrawal, to: .processing)
    let hold: HoldRecord = try await db.one(
      "select \(HoldRecord.columns) from wallet_hold where id = \(withdrawal.holdId) for update")
    try hold.status.mustAllow(.captured)
    try await close(hold, as: .captured, captured: withdrawal.amount)
    let journal = Journal.withdrawal(
      withdrawal.amount, fee: withdrawal.fee, of: wallet.id, withdrawal.reference,
      "Withdrawal \(withdrawal.withdrawalNumber)")
    try await move(wallet, Movement(.withdrawal, .debit, Parts(cash: withdrawal.amount), journal))
    return try await db.one(
      "select \(WithdrawalRecord.columns) from withdrawal_request where id = \(withdrawal.id)")
  }

  /// The money has arrived, which proves the account.
  func complete(_ withdrawal: WithdrawalRecord, _ wallet: WalletRecord) async throws {
    try await db.run("update withdrawal_request set completed_at = \(now) where id = \(withdrawal.id)")
    try await set(withdrawal, to: .completed)
    try await db.run(
      "update bank_account set status = 'verified', updated_at = \(now) where id = \(withdrawal.bankAccountId)")
    try await emit(WithdrawalCompleted(withdrawal, of: wallet, at: now))
  }
}
