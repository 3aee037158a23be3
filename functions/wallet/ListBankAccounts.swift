import FunctionKit

/// A user's saved bank accounts, the newest first. There are five at most, so they come all at once.
struct ListBankAccounts: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> [BankAccountView] {
    try await context.db.bankAccounts(of: context.requireUser()).map(BankAccountView.init)
  }
}
