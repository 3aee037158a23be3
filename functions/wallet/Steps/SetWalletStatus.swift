import FunctionKit

extension Work {
  /// Opens or locks a wallet. What is on its way out and not handed over yet waits for a person, when it is locked.
  func set(_ wallet: WalletRecord, to status: WalletStatus, reason: String) async throws {
    try wallet.status.mustAllow(status)
    let isLocked = status == .frozen || status == .suspended
    try await db.run(
      """
      update wallet set status = \(status), frozen_at = \(isLocked ? now : nil),
        frozen_reason = \(isLocked ? String(reason.prefix(500)) : nil), version = version + 1, updated_at = \(now)
      where id = \(wallet.id)
      """)
    try await record(wallet.id, from: wallet.status, to: status, note: reason)
    if isLocked { try await holdBackWithdrawals(of: wallet, status) }
  }

  private func holdBackWithdrawals(of wallet: WalletRecord, _ status: WalletStatus) async throws {
    let open: [WithdrawalRecord] = try await db.all(
      """
      select \(WithdrawalRecord.columns) from withdrawal_request
      where wallet_id = \(wallet.id) and status = 'approved' and attempt = 0 order by id for update
      """)
    for withdrawal in open {
      try await db.run(
        "update withdrawal_request set review_reason = \("wallet_\(status.rawValue)") where id = \(withdrawal.id)")
      try await set(withdrawal, to: .pendingReview, "the wallet is \(status.rawValue)")
    }
  }

  /// Why a wallet can't be closed yet; nil when it can.
  func obstacleToClosing(_ wallet: WalletRecord) async throws -> String? {
    guard wallet.total == 0 else { return "Rp \(wallet.total) are in it" }
    let isOpen: Bool = try await db.one(
      """
      select exists (select from withdrawal_request where wallet_id = \(wallet.id)
        and status in ('requested', 'pending_review', 'approved', 'processing'))
      """)
    return isOpen ? "a withdrawal is on its way" : nil
  }
}
