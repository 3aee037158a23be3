import FunctionKit

/// The money of a top-up is there; the wallet credits it on this event, and on nothing else.
struct WalletTopUpPaid: Event {
  static let type = "wallet_topup.paid"

  var topupId: ID
  var paymentId: ID
  var userId: ID
  /// Without the fee; rupiah.
  var amount: Int
  var paidAt: Instant

  var subject: String { topupId.description }

  init(_ payment: PaymentRecord, at paidAt: Instant) {
    topupId = payment.referenceId
    paymentId = payment.id
    userId = payment.userId
    amount = payment.merchandiseAmount
    self.paidAt = paidAt
  }
}
