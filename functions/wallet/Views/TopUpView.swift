import FunctionKit

/// Money that a user puts in, as they see it.
struct TopUpView: Codable, Sendable {
  var id: ID
  var topupNumber: String
  var amount: Int
  var bonusAmount: Int
  var paymentId: ID?
  var status: TopUpStatus
  var paidAt: Instant?
  var expiresAt: Instant
  var createdAt: Instant

  init(_ topUp: TopUpRecord) {
    id = topUp.id
    topupNumber = topUp.topupNumber
    amount = topUp.amount
    bonusAmount = topUp.bonusAmount
    paymentId = topUp.paymentId
    status = topUp.status
    paidAt = topUp.paidAt
    expiresAt = topUp.expiresAt
    createdAt = topUp.createdAt
  }
}

/// A top-up and where to pay it.
struct TopUpBill: Codable, Sendable {
  var topup: TopUpView
  var paymentUrl: String?
  var fee: Int

  init(_ topUp: TopUpRecord) {
    topup = TopUpView(topUp)
    paymentUrl = topUp.paymentUrl
    fee = topUp.feeAmount
  }
}
