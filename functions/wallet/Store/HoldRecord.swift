import FunctionKit

/// A row of `wallet_hold`.
struct HoldRecord: Decodable, Sendable, Equatable {
  var id: ID
  var walletId: ID
  var purpose: HoldPurpose
  var referenceId: ID
  var amount: Int
  var cashAmount: Int
  var promoAmount: Int
  var capturedAmount: Int
  var restoredCash: Int
  var orderAmount: Int?
  var status: HoldStatus
  var expiresAt: Instant?
  var createdAt: Instant

  static let columns: SQL = """
    id, wallet_id, purpose, reference_id, amount, cash_amount, promo_amount, captured_amount, restored_cash,
    order_amount, status, expires_at, created_at
    """

  var parts: Parts { Parts(cash: cashAmount, promo: promoAmount) }
  var captured: Parts { parts.captured(capturedAmount) }
}

extension Database {
  func hold(_ id: ID) async throws -> HoldRecord? {
    try await first("select \(HoldRecord.columns) from wallet_hold where id = \(id)")
  }

  /// The latest for something: after one that came to nothing there may be another.
  func hold(for purpose: HoldPurpose, _ reference: ID) async throws -> HoldRecord? {
    try await first(
      """
      select \(HoldRecord.columns) from wallet_hold where purpose = \(purpose) and reference_id = \(reference)
      order by created_at desc, id desc limit 1
      """)
  }
}
