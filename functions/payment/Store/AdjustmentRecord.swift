import FunctionKit

/// A row of `settlement_adjustment`: what a settlement adds or takes besides its sales.
struct AdjustmentRecord: Decodable, Sendable, Equatable {
  var id: ID
  var sellerId: ID
  var kind: AdjustmentKind
  /// Rupiah; less than nothing when the seller bears it.
  var amount: Int
  var referenceId: ID
  var reason: String
  var createdBy: String
  /// Nil until a settlement has taken it.
  var settlementId: ID?
  var createdAt: Instant

  static let columns: SQL = """
    id, seller_id, kind, amount, reference_id, reason, created_by, settlement_id, created_at
    """
}

extension Database {
  func adjustments(of settlement: ID) async throws -> [AdjustmentRecord] {
    try await all(
      "select \(AdjustmentRecord.columns) from settlement_adjustment where settlement_id = \(settlement) order by id")
  }
}

/// An adjustment before it has a row.
struct NewAdjustment: Sendable {
  var seller: ID
  var kind: AdjustmentKind
  var amount: Int
  var reference: ID
  var reason: String
  var by = "system"
}

extension Work {
  /// - Returns: nil when there is one of this kind for the reference.
  @discardableResult
  func insert(_ new: NewAdjustment) async throws -> AdjustmentRecord? {
    try await db.first(
      """
      insert into settlement_adjustment
        (id, seller_id, kind, amount, reference_id, reason, created_by, created_at, updated_at)
      values (\(context.newID()), \(new.seller), \(new.kind), \(new.amount), \(new.reference), \(new.reason), \(new.by),
        \(now), \(now))
      on conflict (kind, reference_id) do nothing returning \(AdjustmentRecord.columns)
      """)
  }
}
