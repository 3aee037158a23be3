import FunctionKit

/// What one sale adds to a settlement.
struct SettlementLineView: Codable, Sendable {
  var commissionId: ID
  var orderId: ID
  var gross: Int
  var refunds: Int
  var commission: Int
  var net: Int

  init(_ line: SettlementLineRecord) {
    commissionId = line.commissionId
    orderId = line.orderId
    gross = line.gross
    refunds = line.refunds
    commission = line.commission
    net = line.net
  }

  /// As it would be, while the sale is in no settlement yet.
  init(_ sale: CommissionRecord) {
    var sums = SettlementSums()
    sums.add(sale)
    commissionId = sale.id
    orderId = sale.orderId
    gross = sums.gross
    refunds = sums.refunds
    commission = sums.commission
    net = sums.net
  }
}

/// What a settlement adds or takes besides its sales.
struct AdjustmentView: Codable, Sendable {
  var id: ID
  var sellerId: ID
  var kind: AdjustmentKind
  /// Less than nothing when the seller bears it.
  var amount: Int
  var referenceId: ID
  var reason: String
  var createdBy: String
  /// Nil until a settlement has taken it.
  var settlementId: ID?
  var createdAt: Instant

  init(_ adjustment: AdjustmentRecord) {
    id = adjustment.id
    sellerId = adjustment.sellerId
    kind = adjustment.kind
    amount = adjustment.amount
    referenceId = adjustment.referenceId
    reason = adjustment.reason
    createdBy = adjustment.createdBy
    settlementId = adjustment.settlementId
    createdAt = adjustment.createdAt
  }
}
