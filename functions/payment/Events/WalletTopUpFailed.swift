import FunctionKit

/// A top-up was not paid, and will not be.
struct WalletTopUpFailed: Event {
  static let type = "wallet_topup.failed"

  var topupId: ID
  var paymentId: ID
  var userId: ID
  /// `expired`, `cancelled` or `failed`.
  var reason: String
  var at: Instant

  var subject: String { topupId.description }

  init(_ payment: PaymentRecord, reason: String, at: Instant) {
    topupId = payment.referenceId
    paymentId = payment.id
    userId = payment.userId
    self.reason = reason
    self.at = at
  }
}
