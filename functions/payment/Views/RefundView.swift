import FunctionKit

/// A refund as callers see it.
struct RefundView: Codable, Sendable {
  var id: ID
  var refundNumber: String
  var paymentId: ID
  var orderId: ID?
  var returnId: ID?
  var orderItemIds: [ID]?
  var userId: ID
  var reason: RefundReason
  var merchandiseAmount: Int
  var shippingAmount: Int
  var taxAmount: Int
  var feeAmount: Int
  var amount: Int
  var method: RefundMethod
  var gatewayPart: Int
  var walletPart: Int
  var status: RefundStatus
  /// Whether the buyer has to say where the money is to go.
  var awaitsAccount: Bool
  var attempts: Int
  var failureCode: String?
  var failureReason: String?
  var bankCode: String?
  var bankAccountLast4: String?
  var notes: String?
  var requestedBy: String?
  var approvedBy: String?
  var rejectedBy: String?
  var rejectionReason: String?
  var transferReference: String?
  var createdAt: Instant
  var approvedAt: Instant?
  var processingAt: Instant?
  var completedAt: Instant?
  var rejectedAt: Instant?
  var version: Int

  init(_ refund: RefundRecord) {
    id = refund.id
    refundNumber = refund.refundNumber
    paymentId = refund.paymentId
    orderId = refund.orderId
    returnId = refund.returnId
    orderItemIds = refund.orderItemIds
    userId = refund.userId
    reason = refund.reason
    merchandiseAmount = refund.merchandiseAmount
    shippingAmount = refund.shippingAmount
    taxAmount = refund.taxAmount
    feeAmount = refund.feeAmount
    amount = refund.amount
    method = refund.method
    gatewayPart = refund.gatewayPart
    walletPart = refund.walletPart
    status = refund.status
    awaitsAccount = refund.awaitsAccount
    attempts = refund.attempts
    failureCode = refund.failureCode
    failureReason = refund.failureReason
    bankCode = refund.bankCode
    bankAccountLast4 = refund.bankAccountLast4
    notes = refund.notes
    requestedBy = refund.requestedBy
    approvedBy = refund.approvedBy
    rejectedBy = refund.rejectedBy
    rejectionReason = refund.rejectionReason
    transferReference = refund.transferReference
    createdAt = refund.createdAt
    approvedAt = refund.approvedAt
    processingAt = refund.processingAt
    completedAt = refund.completedAt
    rejectedAt = refund.rejectedAt
    version = refund.version
  }

  /// The refund as it is now, with its version as `ETag`.
  static func reply(_ id: ID, from db: Database, status: Int = 200) async throws -> Reply<RefundView> {
    guard let refund = try await db.refund(id) else { throw Problem.notFound("refund") }
    return Reply(RefundView(refund), status: status).version(refund.version)
  }
}
