import FunctionKit

/// Tries a payout that has failed once more, by hand.
struct RetryPayout: Endpoint {
  private static let trigger = "retry_payout"

  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> PayoutView {
    let payout = try await context.work(because: Self.trigger) { work in
      guard let payout = try await work.holdPayout(input.id) else { throw Problem.notFound("payout") }
      try payout.requireOwed()
      try await work.followBazaar(payout, to: .processing)
      return try await work.reopen(payout)
    }
    try await context.sendPayout(payout, because: Self.trigger)
    return PayoutView(try await context.db.payout(payout.id) ?? payout)
  }
}

extension PayoutRecord {
  /// - Throws: ``Problem`` 409 `already_returned` for a withdrawal whose money its owner has again, to withdraw anew;
  ///   `invalid_state` for a refund's, whose money may have gone back another way.
  fileprivate func requireOwed() throws {
    guard kind != .refund else {
      throw Problem(409, "invalid_state", "This payout brings a refund; retry the refund \(referenceId) instead.")
    }
    guard kind == .withdrawal, status == .failed, retryAt == nil else { return }
    throw Problem(
      409, "already_returned", "The money of this withdrawal is back in the wallet; only a new withdrawal pays it out.")
  }
}
