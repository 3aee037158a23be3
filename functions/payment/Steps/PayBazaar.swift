import FunctionKit

extension Work {
  /// Consents to a payment, and begins its payout. The provider is asked afterwards.
  /// - Throws: ``Problem`` 409 `same_approver` or `invalid_state`; 422 `channel_disabled` or `amount_out_of_range`.
  func approveBazaar(_ id: ID, by user: ID) async throws -> PayoutRecord {
    guard let bazaar = try await holdBazaar(id) else { throw Problem.notFound("bazaar sponsorship") }
    try bazaar.status.mustAllow(.approved)
    guard bazaar.requestedBy != user.description else {
      throw Problem(409, "same_approver", "Somebody else than who has asked for it has to approve this payment.")
    }
    try await db.run(
      """
      update bazaar_sponsorship_payment set approved_by = \(user.description), approved_at = \(now)
      where id = \(id)
      """)
    let approved = try await move(bazaar, to: .approved, note: user.description)
    let account = try context.open(bazaar.accountEnc, with: PayoutRecord.sealingKey, for: BazaarRecord.place(id))
    let payout = try await startPayout(
      PayoutOrder(
        kind: .bazaarSponsorship, reference: id, amount: bazaar.amount, channelCode: bazaar.bankCode,
        accountNumber: account, accountHolder: bazaar.accountHolder, requestedBy: user.description)
    ).payout
    try await db.run("update bazaar_sponsorship_payment set payout_id = \(payout.id) where id = \(id)")
    _ = try await move(approved, to: .processing)
    return payout
  }

  /// The payout has come to an end, or begins anew.
  func followBazaar(_ payout: PayoutRecord, to status: BazaarStatus) async throws {
    guard payout.kind == .bazaarSponsorship, let bazaar = try await holdBazaar(payout.referenceId),
      bazaar.status != status
    else { return }
    _ = try await move(bazaar, to: status, note: "payout \(payout.payoutNumber)")
  }
}
