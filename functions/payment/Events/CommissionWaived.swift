import FunctionKit

/// A seller was let off what they owed for a sale.
struct CommissionWaived: CommissionEvent {
  static let type = "commission.waived"
  let facts: CommissionFacts

  init(_ record: CommissionRecord, at: Instant) { facts = CommissionFacts(record, at: at) }
}
