import FunctionKit

/// A row of `commission_ledger`: what a seller owes for one sale.
struct CommissionRecord: Decodable, Sendable, Equatable {
  var id: ID
  var ledgerNumber: String
  var orderId: ID
  var sellerId: ID
  var baseAmount: Int
  var reversedBase: Int
  var rateBp: Int
  var commissionAmount: Int
  var status: CommissionStatus
  var settlementId: ID?
  /// Since when a settlement may take it; nil until the order is completed.
  var collectibleAt: Instant?
  var version = 0

  static let columns: SQL = """
    id, ledger_number, order_id, seller_id, base_amount, reversed_base, rate_bp, commission_amount, status,
    settlement_id, collectible_at, version
    """

  /// What the seller has sold and not given back.
  var base: Int { baseAmount - reversedBase }
}

extension Work {
  func holdCommission(ofLine line: ID) async throws -> CommissionRecord? {
    try await db.first(
      "select \(CommissionRecord.columns) from commission_ledger where payment_line_id = \(line) for no key update")
  }

  func holdCommission(ofOrder order: ID, seller: ID) async throws -> CommissionRecord? {
    try await db.first(
      """
      select \(CommissionRecord.columns) from commission_ledger
      where order_id = \(order) and seller_id = \(seller) for no key update
      """)
  }

  func holdCommission(_ id: ID) async throws -> CommissionRecord? {
    try await db.first("select \(CommissionRecord.columns) from commission_ledger where id = \(id) for no key update")
  }
}
