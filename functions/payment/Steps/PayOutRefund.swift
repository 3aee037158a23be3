import FunctionKit

extension Work {
  /// Begins the payout that brings a refund to a bank account, or tries the one that failed once more, to the account that
  /// is known now.
  /// - Returns: nil when nothing is to be sent: no account is known, or a payout is on its way.
  func preparePayout(_ refund: RefundRecord) async throws -> PayoutRecord? {
    guard let account = try refund.account(context) else { return nil }
    let started = refund.status == .approved ? try await start(refund) : refund
    guard let known = try await db.payout(.refund, of: refund.id), let payout = try await holdPayout(known.id) else {
      return try await startPayout(PayoutOrder(started, to: account)).payout
    }
    guard payout.status == .failed, payout.retryAt == nil else {
      try await failIfEnded(payout, started)
      return nil
    }
    return try await reopen(readdressed(payout, to: account))
  }

  /// A payout that was cancelled or came back is never tried again; the money has to go another way.
  private func failIfEnded(_ payout: PayoutRecord, _ refund: RefundRecord) async throws {
    guard payout.status.next.isEmpty else { return }
    let reason =
      "payout \(payout.payoutNumber) is \(payout.status.rawValue) for good; use the wallet, or transfer by hand"
    try await fail(refund, code: "PAYOUT_ENDED", reason: reason)
  }

  func completeRefund(paidOutBy payout: PayoutRecord) async throws {
    guard let refund = try await holdRefund(payout.referenceId)?.refund else { return }
    _ = try await complete(reopened(refund), isPaidOut: true)
  }

  /// One that comes back after the refund was completed is for a person: the buyer was told that they have the money.
  func failRefund(notPaidOutBy payout: PayoutRecord, code: String) async throws {
    guard let refund = try await holdRefund(payout.referenceId)?.refund else { return }
    guard refund.status == .processing else {
      return context.log.error(
        "refund \(refund.refundNumber) is \(refund.status.rawValue), but its payout came back: \(code)")
    }
    try await fail(refund, code: code, reason: "payout \(payout.payoutNumber) came back")
  }

  private func readdressed(_ payout: PayoutRecord, to account: BankAccount) async throws -> PayoutRecord {
    let sealed = try context.seal(
      account.accountNumber, with: PayoutRecord.sealingKey, for: PayoutRecord.place(payout.id))
    return try await db.one(
      """
      update payout set account_enc = \(sealed), account_last4 = \(String(account.accountNumber.suffix(4))),
        account_holder = \(account.holder), channel_code = \(account.code)
      where id = \(payout.id) returning \(PayoutRecord.columns)
      """)
  }
}

extension PayoutOrder {
  fileprivate init(_ refund: RefundRecord, to account: BankAccount) {
    self.init(
      kind: .refund, reference: refund.id, amount: refund.gatewayPart, channelCode: account.code,
      accountNumber: account.accountNumber, accountHolder: account.holder,
      requestedBy: refund.approvedBy ?? "system")
  }
}
