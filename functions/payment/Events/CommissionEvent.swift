import FunctionKit

/// Something that happened to what a seller owes for a sale. All of them tell the same.
protocol CommissionEvent: Event {
  var facts: CommissionFacts { get }
}

/// A commission as it is after what happened to it. Amounts in rupiah, the rate in basis points.
struct CommissionFacts: Encodable, Sendable {
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
}

extension CommissionFacts {
  init(_ record: CommissionRecord, at: Instant) {
    self.init(
      commissionId: record.id, ledgerNumber: record.ledgerNumber, orderId: record.orderId, sellerId: record.sellerId,
      baseAmount: record.baseAmount, rateBp: record.rateBp, commissionAmount: record.commissionAmount,
      settlementId: record.settlementId, at: at)
  }
}

extension CommissionEvent {
  var subject: String { facts.commissionId.description }

  func encode(to encoder: any Encoder) throws { try facts.encode(to: encoder) }
}
