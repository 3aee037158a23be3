import FunctionKit

/// All of a sale was taken back, so that its seller owes nothing for it.
struct CommissionRefunded: CommissionEvent {
  static let type = "commission.refunded"
  let facts: CommissionFacts

  init(_ record: CommissionRecord, at: Instant) { facts = CommissionFacts(record, at: at) }
}
