import FunctionKit

/// What a user has, what is set aside of it, and what will expire soon.
struct GetMyWallet: Endpoint {
  struct Input: Decodable {
    /// A buyer's unless said.
    var kind: WalletKind?
  }

  func handle(_ input: Input, context: Context) async throws -> MyWalletView {
    let user = try context.requireUser()
    let kind = input.kind ?? .buyer
    guard let wallet = try await context.db.wallet(kind, ofUser: user) else {
      let isHidden = try await context.db.wallet(kind, ofOwner: user) != nil
      guard kind == .buyer, !isHidden else { throw Problem.notFound("wallet") }
      return .none
    }
    return try await .load(wallet, at: context.now, from: context.db)
  }
}
