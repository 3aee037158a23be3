import FunctionKit

/// Chooses the account that is offered first.
struct SetDefaultBankAccount: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> BankAccountView {
    let user = try context.owningUser()
    let work = context.ownWork(because: "set_default_bank_account")
    try await work.holdAccounts(of: user)
    guard try await work.db.bankAccount(input.id, of: user) != nil else { throw Problem.notFound("bank account") }
    try await work.makeDefault(input.id, of: user)
    guard let account = try await work.db.bankAccount(input.id, of: user) else {
      throw Problem.notFound("bank account")
    }
    return BankAccountView(account)
  }
}

extension Work {
  /// The one of before first: there is never more than one.
  func makeDefault(_ id: ID, of user: ID) async throws {
    try await db.run(
      """
      update bank_account set is_default = false, updated_at = \(now)
      where user_id = \(user) and is_default and id <> \(id) and deleted_at is null
      """)
    try await db.run("update bank_account set is_default = true, updated_at = \(now) where id = \(id)")
  }
}
