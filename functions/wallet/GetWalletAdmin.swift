import FunctionKit

/// One wallet for the staff, whoever it belongs to.
struct GetWalletAdmin: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<WalletView> {
    guard let wallet = try await context.db.wallet(input.id) else { throw Problem.notFound("wallet") }
    return Reply(WalletView(wallet), headers: [("etag", "\"\(wallet.version)\"")])
  }
}
