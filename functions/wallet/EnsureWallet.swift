import FunctionKit

/// Makes a wallet before money comes, so that its owner can be shown it.
struct EnsureWallet: Endpoint {
  struct Input: Decodable {
    var kind: WalletKind
    var ownerId: ID
    var userId: ID
  }

  func handle(_ input: Input, context: Context) async throws -> WalletView {
    guard input.kind == .seller || input.userId == input.ownerId else {
      throw Problem.invalid("userId", "must be the owner of a buyer's wallet")
    }
    let work = context.ownWork(because: "ensure_wallet")
    return try await WalletView(work.ensureWallet(input.kind, ofOwner: input.ownerId, user: input.userId))
  }
}
