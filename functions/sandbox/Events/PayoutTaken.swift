import FunctionKit

/// A payout was accepted, and the bank is at work on it.
struct PayoutTaken: Event {
  static let type = "sandbox_payout.taken"

  var payoutId: String
  var at: Instant

  var subject: String { payoutId }
}
