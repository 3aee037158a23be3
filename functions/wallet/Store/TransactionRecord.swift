import FunctionKit

/// A row of `wallet_transaction`.
struct TransactionRecord: Decodable, Sendable, Equatable {
  enum Kind: String, SQLValue, Codable, Sendable, CaseIterable {
    case topup, payment, refund, cashback, promotional, withdrawal
    case withdrawalReversal = "withdrawal_reversal"
    case adjustment, expiry
    case sellerPayout = "seller_payout"
    case adSpend = "ad_spend"
    case adRefund = "ad_refund"
  }

  enum Direction: String, SQLValue, Codable, Sendable, CaseIterable {
    case credit, debit
  }

  var id: ID
  var transactionNumber: String
  var walletId: ID
  var seq: Int
  var type: Kind
  var direction: Direction
  var amount: Int
  var cashAmount: Int
  var promoAmount: Int
  var balanceBefore: Int
  var balanceAfter: Int
  var referenceType: String
  var referenceId: ID
  var orderId: ID?
  var paymentId: ID?
  var reversesId: ID?
  var description: String
  var expiresAt: Instant?
  var createdBy: String
  var createdAt: Instant

  static let columns: SQL = """
    id, transaction_number, wallet_id, seq, type, direction, amount, cash_amount, promo_amount, balance_before,
    balance_after, reference_type, reference_id, order_id, payment_id, reverses_id, description, expires_at, created_by,
    created_at
    """
}

extension Database {
  func transaction(_ id: ID) async throws -> TransactionRecord? {
    try await first("select \(TransactionRecord.columns) from wallet_transaction where id = \(id)")
  }

  /// The latest of a type about something.
  func transaction(_ type: TransactionRecord.Kind, about reference: String, _ id: ID) async throws -> TransactionRecord?
  {
    try await first(
      """
      select \(TransactionRecord.columns) from wallet_transaction
      where type = \(type) and reference_type = \(reference) and reference_id = \(id) order by seq desc limit 1
      """)
  }
}
