import FunctionKit

/// A bank has taken what was paid out.
struct PayoutCompleted: Event {
  static let type = "payout.completed"

  var payoutId: ID
  var kind: PayoutKind
  var referenceId: ID
  var amount: Int
  var wasCompleted = true
  var at: Instant

  var subject: String { payoutId.description }

  init(_ payout: PayoutRecord, at: Instant) {
    payoutId = payout.id
    kind = payout.kind
    referenceId = payout.referenceId
    amount = payout.amount
    self.at = at
  }
}
