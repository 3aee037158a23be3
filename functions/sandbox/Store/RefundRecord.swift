import FunctionKit

/// A row of `refund`, with what the invoice adds to it.
struct RefundRecord: Decodable, Sendable {
  enum Status: String, Codable, Sendable, SQLValue {
    case pending = "PENDING"
    case succeeded = "SUCCEEDED"
    case failed = "FAILED"
    case cancelled = "CANCELLED"
  }

  var id: String
  var invoiceId: String
  var paymentId: String?
  var paymentChannel: String?
  var request: JSON
  var referenceId: String?
  var amount: Int
  var reason: String?
  var status: Status
  var failureCode: String?
  var created: Instant
  var updated: Instant

  static let rows: SQL = """
    select refund.id, invoice_id, payment_id, payment_channel, refund.request, reference_id, refund.amount, reason,
      refund.status, failure_code, refund.created, refund.updated
    from refund join invoice on invoice.id = refund.invoice_id
    """

  var object: JSON {
    let group = paymentChannel.flatMap(PaymentMethod.named)?.group
    return [
      "id": .string(id), "payment_id": .text(paymentId), "payment_request_id": nil, "invoice_id": .string(invoiceId),
      "payment_method_type": .string(group?.refundType ?? "EWALLET"), "reference_id": .text(referenceId),
      "channel_code": .text(paymentChannel), "currency": "IDR", "country": "ID",
      "amount": .number(JSONNumber(amount)), "refund_fee_amount": nil, "status": .string(status.rawValue),
      "reason": .text(reason), "failure_code": .text(failureCode), "metadata": request["metadata"] ?? .null,
      "created": .string(created.description), "updated": .string(updated.description),
    ]
  }
}

extension JSON {
  /// Text, or null.
  static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
}

extension PaymentMethod.Group {
  fileprivate var refundType: String {
    switch self {
    case .card: "CARD"
    case .ewallet, .paylater: "EWALLET"
    case .qrCode: "QR_CODE"
    case .directDebit, .bank, .retail: "DIRECT_DEBIT"
    }
  }
}

extension Database {
  func refund(_ id: String) async throws -> RefundRecord? {
    try await first("\(RefundRecord.rows) where refund.id = \(id)")
  }

  func refund(underKey key: String) async throws -> RefundRecord? {
    try await first("\(RefundRecord.rows) where idempotency_key = \(key)")
  }

  func lockedRefund(_ id: String) async throws -> RefundRecord? {
    try await first("\(RefundRecord.rows) where refund.id = \(id) for update of refund")
  }
}
