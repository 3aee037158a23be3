import FunctionKit

/// A day does not add up: somebody has to look at it.
struct ReconciliationMismatchFound: Event {
  static let type = "reconciliation.mismatch_found"

  var runId: ID
  var date: BusinessDay
  var matched: Int
  var missingHere: Int
  var missingThere: Int
  var amountMismatch: Int
  var feeMismatch: Int
  var duplicate: Int
  var unmodelled: Int
  /// Rupiah, what our books have beyond what the provider has.
  var amountDifference: Int
  var at: Instant

  var subject: String { runId.description }

  init(_ run: ReconciliationRun, at: Instant) {
    runId = run.id
    date = run.reconDate
    matched = run.counts.matched
    missingHere = run.counts.missingHere
    missingThere = run.counts.missingThere
    amountMismatch = run.counts.amountMismatch
    feeMismatch = run.counts.feeMismatch
    duplicate = run.counts.duplicate
    unmodelled = run.counts.unmodelled
    amountDifference = run.counts.amountHere - run.counts.amountThere
    self.at = at
  }
}
