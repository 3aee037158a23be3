import FunctionKit

/// Shows another service a wallet that it knows the owner of.
struct GetWalletInternal: Endpoint {
  struct Input: Decodable {
    var kind: WalletKind
    var ownerId: ID
  }

  func handle(_ input: Input, context: Context) async throws -> WalletView {
    guard let wallet = try await context.db.wallet(input.kind, ofOwner: input.ownerId) else {
      throw Problem.notFound("wallet")
    }
    return WalletView(wallet)
  }
}
