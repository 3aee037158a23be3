import FunctionKit

/// A row of `refund`: money that is to go back to a buyer.
struct RefundRecord: Decodable, Sendable, Equatable {
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
  var attempts: Int
  var gatewayRef: String?
  var failureCode: String?
  var failureReason: String?
  var bankAccountEnc: Sealed?
  var bankAccountLast4: String?
  var bankCode: String?
  var notes: String?
  var wasHandedOver: Bool
  var requestedBy: String?
  var approvedBy: String?
  var rejectedBy: String?
  var rejectionReason: String?
  var transferReference: String?
  var proofUrl: String?
  var approvedAt: Instant?
  var processingAt: Instant?
  var completedAt: Instant?
  var rejectedAt: Instant?
  var requestKey: String
  var version: Int
  var createdAt: Instant

  static let columns: SQL = """
    id, refund_number, payment_id, order_id, return_id, order_item_ids, user_id, reason, merchandise_amount,
    shipping_amount, tax_amount, fee_amount, amount, method, gateway_part, wallet_part, status, attempts, gateway_ref,
    failure_code, failure_reason, bank_account_enc, bank_account_last4, bank_code, notes, was_handed_over,
    requested_by, approved_by, rejected_by, rejection_reason, transfer_reference, proof_url, approved_at, processing_at,
    completed_at, rejected_at, request_key, version, created_at
    """

  var attempt: RefundAttempt { RefundAttempt(refundNumber: refundNumber, attempt: attempts) }

  /// Whether the buyer has to say where the money is to go.
  var awaitsAccount: Bool {
    switch status {
    case .approved: method == .bankTransfer && bankAccountLast4 == nil
    case .failed: method == .bankTransfer || Self.needAnotherWay.contains(failureCode ?? "")
    default: false
    }
  }

  /// What the provider says of money that can't go back the way it came.
  private static let needAnotherWay: Set<String> = [
    "REFUND_NOT_SUPPORTED", "PARTIAL_REFUND_NOT_SUPPORTED", "INELIGIBLE_TRANSACTION", "ACCOUNT_ACCESS_BLOCKED",
    "INELIGIBLE_TRANSACTION_STATUS", "ACCOUNT_NOT_FOUND", "PARTIAL_REFUND_COUNTS_EXCEEDED", "REFUND_FAILED",
  ]
}

extension Database {
  func refund(_ id: ID) async throws -> RefundRecord? {
    try await first("select \(RefundRecord.columns) from refund where id = \(id)")
  }

  func refund(withKey key: String) async throws -> RefundRecord? {
    try await first("select \(RefundRecord.columns) from refund where request_key = \(key)")
  }
}

/// A refund and its payment, held until the transaction ends.
struct HeldRefund: Sendable {
  var refund: RefundRecord
  var payment: PaymentRecord
}

extension Work {
  /// The payment first and then its refunds, the order that everybody keeps.
  func holdPayment(_ id: ID) async throws -> PaymentRecord? {
    try await db.first("select \(PaymentRecord.columns) from payment where id = \(id) for no key update")
  }

  func holdRefund(_ id: ID) async throws -> HeldRefund? {
    guard let payment = try await db.refund(id)?.paymentId, let held = try await holdPayment(payment) else {
      return nil
    }
    let refund: RefundRecord? = try await db.first(
      "select \(RefundRecord.columns) from refund where id = \(id) for no key update")
    return refund.map { HeldRefund(refund: $0, payment: held) }
  }

  /// The refund that a report is about: by our name for the attempt, else by the provider's.
  func holdRefund(reported report: RefundReport) async throws -> HeldRefund? {
    let number = report.referenceId.flatMap(RefundAttempt.init(reference:))?.refundNumber
    let id: ID? = try await db.first(
      """
      select id from refund where refund_number = \(number) or gateway_ref = \(report.gatewayRef)
      order by refund_number = \(number) desc nulls last limit 1
      """)
    guard let id else { return nil }
    return try await holdRefund(id)
  }
}
