import FunctionKit

/// A sale was captured, and this is what its seller will owe for it.
struct CommissionRecorded: Event {
  static let type = "commission.recorded"

  var commissionId: ID
  var ledgerNumber: String
  var orderId: ID
  var sellerId: ID
  var baseAmount: Int
  var rateBp: Int
  var commissionAmount: Int
  /// Nil until a settlement has collected it.
  var settlementId: ID?
  var at: Instant

  var subject: String { commissionId.description }
}
