import FunctionKit

/// Has a seller's proceeds paid out once a week, or not any more.
struct SetAutoWithdraw: Endpoint {
  struct Input: Decodable {
    var enabled: Bool
    /// The one of before unless said.
    var bankAccountId: ID?
  }

  func handle(_ input: Input, context: Context) async throws -> WalletView {
    let user = try context.requireUser()
    let work = context.ownWork(because: "set_auto_withdraw")
    guard let found = try await work.db.wallet(.seller, ofUser: user) else { throw Problem.notFound("seller wallet") }
    try await work.holdAccounts(of: user)
    let wallet = try await work.lockWallet(found.id)
    let account = input.bankAccountId ?? wallet.autoAccountId
    if input.enabled {
      guard let account, let known = try await work.db.bankAccount(account, of: user), known.status != .invalid else {
        throw Problem.accountInvalid
      }
    }
    return try await WalletView(
      work.db.one(
        """
        update wallet set auto_withdraw = \(input.enabled), auto_account_id = \(input.enabled ? account : nil),
          version = version + 1, updated_at = \(work.now)
        where id = \(wallet.id) returning \(WalletRecord.columns)
        """))
  }
}
