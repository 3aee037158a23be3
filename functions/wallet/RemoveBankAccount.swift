import FunctionKit

/// Forgets an account that no withdrawal needs any more.
struct RemoveBankAccount: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> NoContent {
    let user = try context.owningUser()
    let work = context.ownWork(because: "remove_bank_account")
    try await work.holdAccounts(of: user)
    guard let account = try await work.db.bankAccount(input.id, of: user) else {
      throw Problem.notFound("bank account")
    }
    guard try await !work.isInUse(account.id) else {
      throw Problem(
        409, "account_in_use", "A withdrawal is on its way to this account, or it takes the automatic ones.")
    }
    try await work.db.run(
      """
      update bank_account set deleted_at = \(work.now), is_default = false, updated_at = \(work.now)
      where id = \(account.id)
      """
    )
    if account.isDefault, let next = try await work.db.bankAccounts(of: user).first {
      try await work.makeDefault(next.id, of: user)
    }
    return NoContent()
  }
}

extension Work {
  fileprivate func isInUse(_ account: ID) async throws -> Bool {
    try await db.one(
      """
      select exists (select from wallet where auto_account_id = \(account) and auto_withdraw)
        or exists (select from withdrawal_request where bank_account_id = \(account)
          and status in ('requested', 'pending_review', 'approved', 'processing'))
      """)
  }
}
