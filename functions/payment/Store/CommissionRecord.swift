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

  static let columns: SQL = """
    id, ledger_number, order_id, seller_id, base_amount, reversed_base, rate_bp, commission_amount, status,
    settlement_id
    """
}

extension Work {
  func holdCommission(ofLine line: ID) async throws -> CommissionRecord? {
    try await db.first(
      "select \(CommissionRecord.columns) from commission_ledger where payment_line_id = \(line) for no key update")
  }
}
