import FunctionKit

/// Money that is set aside, as the payment service sees it.
struct HoldView: Codable, Sendable {
  var id: ID
  var walletId: ID
  var purpose: HoldPurpose
  var referenceId: ID
  var amount: Int
  var cash: Int
  var promo: Int
  var capturedAmount: Int
  var orderAmount: Int?
  var status: HoldStatus
  var expiresAt: Instant?

  init(_ hold: HoldRecord) {
    id = hold.id
    walletId = hold.walletId
    purpose = hold.purpose
    referenceId = hold.referenceId
    amount = hold.amount
    cash = hold.cashAmount
    promo = hold.promoAmount
    capturedAmount = hold.capturedAmount
    orderAmount = hold.orderAmount
    status = hold.status
    expiresAt = hold.expiresAt
  }
}

/// What became of a hold, and the movement that came of it.
struct ClosedHoldView: Codable, Sendable {
  var hold: HoldView
  /// Nil when nothing was taken.
  var transaction: TransactionView?
}
