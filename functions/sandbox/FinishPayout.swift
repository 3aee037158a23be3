import FunctionKit

/// Pays out, as the bank would.
struct FinishPayout: EventHandler {
  struct Input: Decodable {
    var payoutId: String
  }

  func handle(_ input: Input, context: Context) async throws {
    guard let payout = try await context.db.lockedPayout(input.payoutId), payout.status == .accepted else { return }
    let tx = context.ownTransaction
    // What it holds itself is off the balance already.
    if try await context.db.balance(at: context.now) < 0 {
      return try await tx.move(payout, to: .failed, code: "INSUFFICIENT_BALANCE", context)
    }
    switch BankOutcome.of(account: payout.accountNumber) {
    case .waits: return
    case .fails(let code): try await tx.move(payout, to: .failed, code: code, context)
    case .succeeds: try await tx.move(payout, to: .succeeded, context)
    case .bounces:
      try await tx.move(payout, to: .succeeded, context)
      try await context.db.run(
        "update payout set reverse_at = \(context.now + BankOutcome.bounce) where id = \(payout.id)")
    }
  }
}
