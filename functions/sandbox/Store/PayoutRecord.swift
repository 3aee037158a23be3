import FunctionKit

/// A row of `payout`.
struct PayoutRecord: Decodable, Sendable {
  enum Status: String, Codable, Sendable, SQLValue {
    case accepted = "ACCEPTED"
    case requested = "REQUESTED"
    case succeeded = "SUCCEEDED"
    case failed = "FAILED"
    case cancelled = "CANCELLED"
    case reversed = "REVERSED"
  }

  var id: String
  var request: JSON
  var referenceId: String
  var channelCode: String
  var accountNumber: String
  var amount: Int
  var status: Status
  var failureCode: String?
  var created: Instant
  var updated: Instant

  static let columns: SQL = """
    id, request, reference_id, channel_code, account_number, amount, status, failure_code, created, updated
    """

  /// The payout as the API shows it; what is absent was not said.
  var object: JSON {
    var object: JSONObject = [
      "id": .string(id), "business_id": .string(Merchant.userID), "reference_id": .string(referenceId),
      "channel_code": .string(channelCode), "amount": .number(JSONNumber(amount)), "currency": "IDR",
      "status": .string(status.rawValue),
      "estimated_arrival_time": .string((created + .minutes(15)).description),
      "created": .string(created.description), "updated": .string(updated.description),
    ]
    if let failureCode { object["failure_code"] = .string(failureCode) }
    for name in ["channel_properties", "description", "receipt_notification", "metadata"] {
      if let value = request[name], !value.isNull { object[name] = value }
    }
    return .object(object)
  }
}

extension Database {
  func payout(_ id: String) async throws -> PayoutRecord? {
    try await first("select \(PayoutRecord.columns) from payout where id = \(id)")
  }

  func payout(underKey key: String) async throws -> PayoutRecord? {
    try await first("select \(PayoutRecord.columns) from payout where idempotency_key = \(key)")
  }

  func lockedPayout(_ id: String) async throws -> PayoutRecord? {
    try await first("select \(PayoutRecord.columns) from payout where id = \(id) for update")
  }
}
