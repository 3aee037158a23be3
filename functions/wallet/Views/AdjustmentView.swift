import FunctionKit

/// A correction as the staff sees it.
struct AdjustmentView: Codable, Sendable {
  var id: ID
  var walletId: ID
  var amount: Int
  var bucket: Bucket
  var reason: String
  var expiresAt: Instant?
  var status: AdjustmentStatus
  var requestedBy: String
  var decidedBy: String?
  var transactionId: ID?
  var createdAt: Instant

  init(_ adjustment: AdjustmentRecord) {
    id = adjustment.id
    walletId = adjustment.walletId
    amount = adjustment.amount
    bucket = adjustment.bucket
    reason = adjustment.reason
    expiresAt = adjustment.expiresAt
    status = adjustment.status
    requestedBy = adjustment.requestedBy
    decidedBy = adjustment.decidedBy
    transactionId = adjustment.transactionId
    createdAt = adjustment.createdAt
  }
}
