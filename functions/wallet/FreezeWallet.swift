import FunctionKit

/// Lets money come in, but not go out, while something is looked into.
struct FreezeWallet: Endpoint {
  func handle(_ input: WalletDecision, context: Context) async throws -> WalletView {
    try await context.decide(input, because: "freeze_wallet") { work, wallet in
      try await work.set(wallet, to: .frozen, reason: input.reason)
    }
  }
}
