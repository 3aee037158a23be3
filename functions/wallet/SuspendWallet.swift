import FunctionKit

/// Freezes the wallet of a banned account, and hides it from its user.
struct SuspendWallet: Endpoint {
  func handle(_ input: WalletDecision, context: Context) async throws -> WalletView {
    try await context.decide(input, because: "suspend_wallet") { work, wallet in
      try await work.set(wallet, to: .suspended, reason: input.reason)
    }
  }
}
