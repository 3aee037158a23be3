import FunctionKit

/// A campaign was not paid, and will not be.
struct SponsoredPostPaymentFailed: Event {
  static let type = "sponsored_post.payment_failed"

  var sponsoredPostId: ID
  var paymentId: ID
  var userId: ID
  /// `expired`, `cancelled` or `failed`.
  var reason: String
  var at: Instant

  var subject: String { sponsoredPostId.description }

  init(_ payment: PaymentRecord, reason: String, at: Instant) {
    sponsoredPostId = payment.referenceId
    paymentId = payment.id
    userId = payment.userId
    self.reason = reason
    self.at = at
  }
}
