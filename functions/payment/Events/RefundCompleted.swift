import FunctionKit

/// A buyer has their money back. The wallet credits its part on this event, and on nothing else.
struct RefundCompleted: Event {
  static let type = "refund.completed"

  var refundId: ID
  var refundNumber: String
  var paymentId: ID
  var orderId: ID?
  var returnId: ID?
  var userId: ID
  var amount: Int
  var method: RefundMethod
  /// What went back by the provider.
  var gatewayAmount: Int
  /// What the wallet is to credit.
  var walletAmount: Int
  var merchandiseAmount: Int
  var shippingAmount: Int
  var feeAmount: Int
  var reason: RefundReason
  /// By which the one who asked knows its request again.
  var requestKey: String
  var orderItemIds: [ID]?
  var sellerReversals: [Reversal]
  /// Whether all that was ever taken for the payment is back.
  var isFull: Bool
  var completedAt: Instant

  struct Reversal: Encodable, Sendable {
    var sellerId: ID
    var amount: Int
    var commissionReturned: Int
  }

  var subject: String { refundId.description }

  init(_ refund: RefundRecord, _ lines: [RefundLineRecord], isFull: Bool, at completedAt: Instant) {
    refundId = refund.id
    refundNumber = refund.refundNumber
    paymentId = refund.paymentId
    orderId = refund.orderId
    returnId = refund.returnId
    userId = refund.userId
    amount = refund.amount
    method = refund.method
    gatewayAmount = refund.gatewayPart
    walletAmount = refund.walletPart
    merchandiseAmount = refund.merchandiseAmount
    shippingAmount = refund.shippingAmount
    feeAmount = refund.feeAmount
    reason = refund.reason
    requestKey = refund.requestKey
    orderItemIds = refund.orderItemIds
    sellerReversals = lines.compactMap(Reversal.init)
    self.isFull = isFull
    self.completedAt = completedAt
  }
}

extension RefundCompleted.Reversal {
  /// Nil for the house brand, and where the seller gives back nothing.
  fileprivate init?(_ line: RefundLineRecord) {
    guard let seller = line.sellerId, line.sellerReversal > 0 else { return nil }
    self.init(sellerId: seller, amount: line.sellerReversal, commissionReturned: line.commissionReturned)
  }
}
