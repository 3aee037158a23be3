import FunctionKit

/// A settlement has taken what a seller owed for a sale.
struct CommissionCollected: CommissionEvent {
  static let type = "commission.collected"
  let facts: CommissionFacts

  init(_ record: CommissionRecord, at: Instant) { facts = CommissionFacts(record, at: at) }
}
