import FunctionKit

/// What a person has made of a difference.
enum ReconciliationResolution: String, Codable, SQLValue, Sendable, CaseIterable {
  case fixed
  case writtenOff = "written_off"
  case refunded
  case notAnIssue = "not_an_issue"
}

/// A day, in numbers.
struct ReconciliationSummary: Codable, Sendable {
  var id: ID
  var date: BusinessDay
  var status: ReconciliationStatus
  var matched: Int
  var missingHere: Int
  var missingThere: Int
  var amountMismatch: Int
  var feeMismatch: Int
  var duplicate: Int
  var unmodelled: Int
  var healed: Int
  /// Rupiah, money out negative.
  var amountHere: Int
  var amountThere: Int
  /// What stands between us and the wallet service: together nothing. Null when it could not be asked.
  var clearingHere: Int?
  var clearingThere: Int?
  /// Why it could not go on.
  var lastError: String?
  var startedAt: Instant
  var finishedAt: Instant?

  init(_ run: ReconciliationRun) {
    id = run.id
    date = run.reconDate
    status = run.status
    matched = run.counts.matched
    missingHere = run.counts.missingHere
    missingThere = run.counts.missingThere
    amountMismatch = run.counts.amountMismatch
    feeMismatch = run.counts.feeMismatch
    duplicate = run.counts.duplicate
    unmodelled = run.counts.unmodelled
    healed = run.counts.healed
    amountHere = run.counts.amountHere
    amountThere = run.counts.amountThere
    clearingHere = run.clearingHere
    clearingThere = run.clearingThere
    lastError = run.lastError
    startedAt = run.startedAt
    finishedAt = run.finishedAt
  }
}

/// A day with where it differs.
struct ReconciliationView: Codable, Sendable {
  var run: ReconciliationSummary
  var items: [ReconciliationItemView]
  /// The cursor of the items that follow.
  var nextItems: String?

  static func load(
    _ run: ReconciliationRun, from db: Database, limit: Int?, cursor: String?
  ) async throws -> ReconciliationView {
    let paging = try Paging("reconciliation_items", limit: limit, cursor: cursor)
    let rows: [ReconciliationItemView] = try await db.all(
      """
      select \(ReconciliationItemView.columns) from reconciliation_item
      where run_id = \(run.id) and id < \(paging.before) order by id desc limit \(paging.fetch)
      """)
    let page = paging.page(rows, id: \.id) { $0 }
    return ReconciliationView(run: ReconciliationSummary(run), items: page.items, nextItems: page.nextCursor)
  }
}

/// Where the provider and our books differ.
struct ReconciliationItemView: Codable, Sendable {
  var id: ID
  var kind: Mismatch
  var txnType: MovementType
  var ourRef: String?
  var gatewayRef: String?
  var amountHere: Int?
  var amountThere: Int?
  var feeHere: Int?
  var feeThere: Int?
  var healed: Bool
  var resolution: ReconciliationResolution?
  var resolvedBy: String?
  var resolvedAt: Instant?
  var note: String?

  static let columns: SQL = """
    id, kind, txn_type, our_ref, gateway_ref, amount_here, amount_there, fee_here, fee_there, healed, resolution,
    resolved_by, resolved_at, note
    """
}
