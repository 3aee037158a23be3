import FunctionKit

/// A row of `txn`: money that came or went, as reconciliation sees it.
struct TransactionRecord: Decodable, Sendable {
  enum Status: String, Codable, Sendable, SQLValue {
    case pending = "PENDING"
    case success = "SUCCESS"
    case failed = "FAILED"
    case voided = "VOIDED"
    case reversed = "REVERSED"
  }

  var id: String
  var productId: String
  var type: String
  var status: Status
  var cashflow: String
  var channelCategory: String
  var channelCode: String
  var accountIdentifier: String?
  var referenceId: String
  var amount: Int
  var fee: Int
  var tax: Int
  var invoiceId: String?
  var settlesAt: Instant?
  var created: Instant
  var updated: Instant

  static let columns: SQL = """
    id, product_id, type, status, cashflow, channel_category, channel_code, account_identifier, reference_id, amount,
    fee, tax, invoice_id, settles_at, created, updated
    """

  func object(at now: Instant) -> JSON {
    let net = settlesAt == nil ? amount + fee + tax : amount - fee - tax
    return [
      "id": .string(id), "product_id": .string(productId), "type": .string(type), "status": .string(status.rawValue),
      "channel_category": .string(channelCategory), "channel_code": .string(channelCode),
      "reference_id": .string(referenceId), "account_identifier": .text(accountIdentifier), "currency": "IDR",
      "amount": .number(JSONNumber(amount)), "net_amount": .number(JSONNumber(net)), "net_amount_currency": "IDR",
      "cashflow": .string(cashflow), "settlement_status": .text(settlement(at: now)),
      "estimated_settlement_time": .text(settlesAt?.description), "business_id": .string(Merchant.userID),
      "created": .string(created.description), "updated": .string(updated.description), "fee": feeObject(at: now),
      "product_data": [
        "capture_id": nil, "payment_request_id": nil, "payment_link_id": .text(invoiceId),
        "reusable_payment_link_id": nil,
      ],
    ]
  }

  private func settlement(at now: Instant) -> String? {
    if let settlesAt { return settlesAt <= now ? "SETTLED" : "PENDING" }
    return switch status {
    case .pending: "PENDING"
    case .success, .reversed: "SETTLED"
    case .failed, .voided: nil
    }
  }

  private func feeObject(at now: Instant) -> JSON {
    let feeStatus =
      switch status {
      case .pending: "PENDING"
      case .success: settlement(at: now) == "PENDING" ? "PENDING" : "COMPLETED"
      case .failed, .voided: "CANCELED"
      case .reversed: "REVERSED"
      }
    return [
      "xendit_fee": .number(JSONNumber(fee)), "value_added_tax": .number(JSONNumber(tax)),
      "xendit_withholding_tax": 0, "third_party_withholding_tax": 0, "status": .string(feeStatus),
    ]
  }
}
