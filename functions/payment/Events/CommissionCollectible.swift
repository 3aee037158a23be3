import FunctionKit

/// A sale is completed, so that the next settlement may take the commission on it.
struct CommissionCollectible: CommissionEvent {
  static let type = "commission.collectible"
  let facts: CommissionFacts

  init(_ record: CommissionRecord, at: Instant) { facts = CommissionFacts(record, at: at) }
}
