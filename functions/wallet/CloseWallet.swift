import FunctionKit

/// Ends a wallet that is empty.
struct CloseWallet: Endpoint {
  func handle(_ input: WalletDecision, context: Context) async throws -> WalletView {
    try await context.decide(input, because: "close_wallet") { work, wallet in
      if let obstacle = try await work.obstacleToClosing(wallet) {
        throw Problem(409, "balance_not_zero", "The wallet can't be closed: \(obstacle).")
      }
      try await work.set(wallet, to: .closed, reason: input.reason)
    }
  }
}
