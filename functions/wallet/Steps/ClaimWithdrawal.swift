import FunctionKit

/// A withdrawal that is to be handed over, with what the payment service needs to know.
struct Submission: Sendable {
  var id: ID
  /// Whether it may have been handed over before, and is to be looked for first.
  var mayExist: Bool
  var order: PayoutOrder

  /// The same for every try of the same attempt.
  var key: String { "\(id):1" }
}

extension Work {
  /// Commits that a withdrawal is about to be handed over, after which nobody can take it back.
  /// - Returns: nil when there is nothing to be handed over any more.
  func claim(_ id: ID) async throws -> Submission? {
    guard let (withdrawal, _) = try await lock(withdrawal: id), withdrawal.status == .approved,
      withdrawal.payoutId == nil
    else { return nil }
    let account: BankAccountRecord = try await db.one(
      "select \(BankAccountRecord.columns) from bank_account where id = \(withdrawal.bankAccountId)")
    if withdrawal.attempt == 0 {
      try await db.run("update withdrawal_request set attempt = 1, updated_at = \(now) where id = \(id)")
    }
    let number = try context.open(
      account.accountNumberEnc, with: BankAccountRecord.sealingKey, for: BankAccountRecord.place(account.id))
    let order = PayoutOrder(
      referenceId: id, amount: withdrawal.netAmount, channelCode: withdrawal.channelCode, accountNumber: number,
      accountHolder: withdrawal.accountHolder)
    return Submission(id: id, mayExist: withdrawal.attempt > 0, order: order)
  }

  /// Ends one that the payment service refuses for good.
  func refuse(_ id: ID, code: String) async throws {
    guard let (withdrawal, wallet) = try await lock(withdrawal: id), withdrawal.status == .approved else { return }
    try await fail(withdrawal, wallet, code: code)
  }
}
