import FunctionKit

/// A refund was accepted, and its channel is at work on it.
struct RefundTaken: Event {
  static let type = "sandbox_refund.taken"

  var refundId: String
  var at: Instant

  var subject: String { refundId }
}
