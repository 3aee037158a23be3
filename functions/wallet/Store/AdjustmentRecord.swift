import FunctionKit

/// A row of `adjustment_request`.
struct AdjustmentRecord: Decodable, Sendable {
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

  static let columns: SQL = """
    id, wallet_id, amount, bucket, reason, expires_at, status, requested_by, decided_by, transaction_id, created_at
    """
}

extension Database {
  func adjustment(_ id: ID) async throws -> AdjustmentRecord? {
    try await first("select \(AdjustmentRecord.columns) from adjustment_request where id = \(id)")
  }
}
