import FunctionKit

/// A row of `seller_hold`: why a seller's settlements wait.
struct HoldRecord: Decodable, Sendable, Equatable {
  /// What is set when the seller service suspends a seller, and goes when it does no longer.
  static let suspended = "seller_suspended"
  static let system = "system"

  var sellerId: ID
  var reason: String
  var heldBy: String
  var heldAt: Instant

  static let columns: SQL = "seller_id, reason, held_by, held_at"

  var isAutomatic: Bool { heldBy == Self.system }
}

extension Work {
  func hold(ofSeller seller: ID) async throws -> HoldRecord? {
    try await db.first("select \(HoldRecord.columns) from seller_hold where seller_id = \(seller)")
  }

  /// Sets a hold, in the place of one that is there, and keeps back what has not been paid.
  func hold(seller: ID, because reason: String, by: String) async throws -> HoldRecord {
    let hold: HoldRecord = try await db.one(
      """
      insert into seller_hold (seller_id, reason, held_by, held_at, created_at, updated_at)
      values (\(seller), \(reason), \(by), \(now), \(now), \(now))
      on conflict (seller_id) do update
        set reason = excluded.reason, held_by = excluded.held_by, held_at = excluded.held_at, updated_at = \(now)
      returning \(HoldRecord.columns)
      """)
    let waiting: [SettlementRecord] = try await db.all(
      """
      select \(SettlementRecord.columns) from settlement
      where seller_id = \(seller) and status = 'calculated' order by id for no key update
      """)
    for settlement in waiting { try await keepBack(settlement, because: reason, by: by) }
    return hold
  }

  func release(seller: ID) async throws {
    try await db.run("delete from seller_hold where seller_id = \(seller)")
  }

  /// Whether the seller service has suspended a seller, as far as it was heard of.
  func isSuspended(_ seller: ID) async throws -> Bool {
    try await db.one(
      "select exists (select from seller_standing where seller_id = \(seller) and is_suspended)")
  }

  /// Takes in what the seller service says of a seller, who is locked for it.
  /// - Returns: false when something newer was heard before.
  func hear(of seller: ID, isSuspended: Bool, version: Int) async throws -> Bool {
    try await lockSettlements(of: seller)
    return try await db.run(
      """
      insert into seller_standing (seller_id, version, is_suspended, created_at, updated_at)
      values (\(seller), \(version), \(isSuspended), \(now), \(now))
      on conflict (seller_id) do update
        set version = excluded.version, is_suspended = excluded.is_suspended, updated_at = \(now)
        where seller_standing.version < excluded.version
      """) == 1
  }
}
