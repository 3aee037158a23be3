import FunctionKit

/// What finance decides about a wallet, and why.
struct WalletDecision: Decodable, Limited, Sendable {
  var id: ID
  var reason: String

  static let limits: [String: FieldLimit] = ["reason": .text(3...500)]
}

extension Context {
  /// Does what was decided about a wallet that is still what was looked at.
  func decide(
    _ decision: WalletDecision, because trigger: String, _ body: (Work, WalletRecord) async throws -> Void
  ) async throws -> WalletView {
    var validation = Validation()
    validation.text(decision.reason, "reason", length: 3...500)
    try validation.finish()
    let work = ownWork(because: trigger)
    guard try await work.db.wallet(decision.id) != nil else { throw Problem.notFound("wallet") }
    let wallet = try await work.lockWallet(decision.id)
    try requireVersion(wallet.version)
    try await body(work, wallet)
    return try await WalletView(work.db.wallet(wallet.id) ?? wallet)
  }
}
