import FunctionKit

/// Ends a withdrawal by what became of its payout.
///
/// An answer that got lost between the payment service and us is made good here: whatever has ended was accepted first.
struct FinishWithdrawal: EventHandler {
  struct Input: Decodable {
    var payoutId: ID
    var kind: String
    var referenceId: ID
    /// Rupiah.
    var amount: Int
    var failureCode: String?
    var wasCompleted: Bool
  }

  func handle(_ input: Input, context: Context) async throws {
    let work = context.ownWork(because: "finish_withdrawal")
    guard input.kind == "withdrawal" else { return }
    guard let (found, wallet) = try await work.lock(withdrawal: input.referenceId) else {
      throw Problem.notFound("withdrawal")
    }
    guard found.netAmount == input.amount else {
      throw Problem(
        409, "amount_differs", "Withdrawal \(found.id) is of \(found.netAmount), its payout of \(input.amount).")
    }
    let withdrawal = try await work.accept(found, wallet, payout: input.payoutId)
    if context.event?.type == "payout.completed" {
      try await complete(withdrawal, wallet, work)
    } else {
      try await fail(withdrawal, wallet, input, work)
    }
  }

  /// One that has failed stays so: its money is back in the wallet.
  private func complete(_ withdrawal: WithdrawalRecord, _ wallet: WalletRecord, _ work: Work) async throws {
    if withdrawal.status == .failed {
      work.context.log.error(
        "withdrawal \(withdrawal.id) has failed, and its payout is said to have arrived all the same")
    }
    guard withdrawal.status == .processing else { return }
    try await work.complete(withdrawal, wallet)
  }

  private func fail(
    _ withdrawal: WithdrawalRecord, _ wallet: WalletRecord, _ input: Input, _ work: Work
  ) async throws {
    let isBounced = withdrawal.status == .completed && input.wasCompleted
    guard withdrawal.status == .processing || isBounced else { return }
    if isBounced { work.context.log.error("withdrawal \(withdrawal.id) had arrived, and its bank has sent it back") }
    try await work.fail(withdrawal, wallet, code: input.failureCode ?? "UNKNOWN")
  }
}
