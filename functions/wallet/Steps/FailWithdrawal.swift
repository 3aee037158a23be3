import FunctionKit

extension Work {
  /// Ends a withdrawal that came to nothing, and brings its money back, exactly once.
  func fail(_ withdrawal: WithdrawalRecord, _ wallet: WalletRecord, code: String) async throws {
    let code = String(code.prefix(100))
    try await db.run(
      "update withdrawal_request set failure_code = \(code), failed_at = \(now) where id = \(withdrawal.id)")
    try await set(withdrawal, to: .failed, code)
    if withdrawal.payoutId == nil {
      try await free(withdrawal, wallet)
    } else {
      try await reverse(withdrawal, wallet)
    }
    if Self.accountFaults.contains(code.uppercased()) {
      try await db.run(
        "update bank_account set status = 'invalid', updated_at = \(now) where id = \(withdrawal.bankAccountId)")
    }
    try await emit(WithdrawalFailed(WithdrawalEnded(withdrawal, of: wallet, code: code, at: now)))
  }

  /// Sets the money free that a withdrawal has not taken yet.
  func free(_ withdrawal: WithdrawalRecord, _ wallet: WalletRecord) async throws {
    let hold: HoldRecord = try await db.one(
      "select \(HoldRecord.columns) from wallet_hold where id = \(withdrawal.holdId) for update")
    try await free(hold, of: wallet, as: .released)
  }

  private func reverse(_ withdrawal: WithdrawalRecord, _ wallet: WalletRecord) async throws {
    let journal = Journal.reversal(
      withdrawal.amount, fee: withdrawal.fee, of: wallet.id, withdrawal.reference,
      "Withdrawal \(withdrawal.withdrawalNumber) came back")
    var movement = Movement(.withdrawalReversal, .credit, Parts(cash: withdrawal.amount), journal)
    movement.reversesId = try await db.transaction(.withdrawal, about: "withdrawal", withdrawal.id)?.id
    try await move(wallet, movement)
  }

  /// After these, nothing will ever arrive there.
  private static let accountFaults: Set<String> = ["INVALID_DESTINATION", "ACCOUNT_NAME_MISMATCH"]
}
