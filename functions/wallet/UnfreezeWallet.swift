import FunctionKit

/// Lets money go out again.
struct UnfreezeWallet: Endpoint {
  func handle(_ input: WalletDecision, context: Context) async throws -> WalletView {
    try await context.decide(input, because: "unfreeze_wallet") { work, wallet in
      try await work.set(wallet, to: .active, reason: input.reason)
    }
  }
}
