import FunctionKit

/// Lets a large withdrawal pass, or refuses it.
struct ReviewWithdrawal: Endpoint {
  struct Input: Decodable, Limited {
    var id: ID
    var approve: Bool
    var reason: String?

    static let limits: [String: FieldLimit] = ["reason": .text(3...500)]
  }

  func handle(_ input: Input, context: Context) async throws -> WithdrawalView {
    var validation = Validation()
    validation.text(input.reason, "reason", length: 3...500)
    validation.require(input.approve || input.reason != nil, "reason", "is needed for a refusal", code: "required")
    try validation.finish()
    let work = context.ownWork(because: "review_withdrawal")
    guard let (withdrawal, wallet) = try await work.lock(withdrawal: input.id) else {
      throw Problem.notFound("withdrawal")
    }
    try context.requireVersion(withdrawal.version)
    guard withdrawal.status == .pendingReview else {
      throw Problem.invalidState(
        "withdrawal", from: withdrawal.status.rawValue, to: input.approve ? "approved" : "rejected")
    }
    if input.approve {
      try await work.approve(withdrawal, wallet, input.reason)
    } else {
      try await work.reject(withdrawal, wallet, input.reason ?? "")
    }
    return try await WithdrawalView(work.db.withdrawal(withdrawal.id) ?? withdrawal)
  }
}

extension Work {
  fileprivate func approve(_ withdrawal: WithdrawalRecord, _ wallet: WalletRecord, _ reason: String?) async throws {
    try wallet.status.mustAllowSpending()
    try await noteReview(of: withdrawal)
    try await set(withdrawal, to: .approved, reason)
  }

  fileprivate func reject(_ withdrawal: WithdrawalRecord, _ wallet: WalletRecord, _ reason: String) async throws {
    try await noteReview(of: withdrawal)
    try await set(withdrawal, to: .rejected, reason)
    try await free(withdrawal, wallet)
    try await emit(WithdrawalRejected(WithdrawalEnded(withdrawal, of: wallet, code: "rejected", at: now)))
  }

  private func noteReview(of withdrawal: WithdrawalRecord) async throws {
    try await db.run(
      """
      update withdrawal_request set reviewed_by = \(actor), reviewed_at = \(now) where id = \(withdrawal.id)
      """)
  }
}
