import FunctionKit

/// How payouts are sent and found at the provider; the functions know no other way to reach it.
struct PayoutGateway: Sendable {
  /// Pays out. The provider keeps the name of the attempt as a key, and pays once for it however often it is asked.
  var create: @Sendable (NewPayout) async throws -> PayoutReport
  /// The payout with our name for it. Never refused.
  var find: @Sendable (_ externalId: String) async throws -> PayoutReport?
}

extension PayoutGateway {
  private static let attempts = 3
  private static let keyUsed = "DUPLICATE_ERROR"

  /// Sends a payout, or adopts the one that a call whose answer was lost has made.
  func createOnce(_ payout: NewPayout) async throws -> PayoutReport {
    do {
      return try await createInsisting(payout)
    } catch GatewayFailure.refused(let code, let message) {
      // A call before this one may have made it, whatever this one is told.
      if let found = try await find(payout.referenceId) { return found }
      guard code != Self.keyUsed else {
        throw GatewayFailure.unavailable("the key was used, but there is no payout \(payout.referenceId)")
      }
      throw GatewayFailure.refused(code: code, message: message)
    }
  }

  private func createInsisting(_ payout: NewPayout) async throws -> PayoutReport {
    for _ in 1..<Self.attempts {
      do { return try await create(payout) } catch GatewayFailure.unavailable { continue }
    }
    return try await create(payout)
  }
}
