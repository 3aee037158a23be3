import FunctionKit

/// What was to be paid out is back, before it arrived or after: `wasCompleted` tells.
struct PayoutFailed: Event {
  static let type = "payout.failed"

  var payoutId: ID
  var kind: PayoutKind
  var referenceId: ID
  var amount: Int
  var failureCode: String
  var wasCompleted: Bool
  var at: Instant

  var subject: String { payoutId.description }

  /// - Parameter payout: as it was before.
  init(_ payout: PayoutRecord, code: String, at: Instant) {
    payoutId = payout.id
    kind = payout.kind
    referenceId = payout.referenceId
    amount = payout.amount
    failureCode = code
    wasCompleted = payout.status == .succeeded
    self.at = at
  }
}
