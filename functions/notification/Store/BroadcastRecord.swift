import FunctionKit

/// A row of `broadcast`, without the people that it names.
struct BroadcastRecord: Decodable, Sendable {
  var id: ID
  var templateCode: String
  var templateIds: [ID]
  var category: Category
  var channels: [Channel]
  /// Nil for people by name.
  var segment: BroadcastSegment?
  var scheduledFor: Instant
  var status: BroadcastStatus
  /// The last one who was told.
  var cursor: ID?
  var createdBy: ID
  var version: Int
  var createdAt: Instant

  static let columns: SQL = """
    id, template_code, template_ids, category, channels, audience ->> 'segment' as segment, scheduled_for, status, cursor,
    created_by, version, created_at
    """

  /// What all of its messages are called off under.
  var cancelKey: String { "broadcast:\(id)" }
}

extension BroadcastRecord {
  /// Those whose hour has come.
  static func due(at now: Instant) -> SQL {
    "select id from broadcast where status = 'scheduled' and scheduled_for <= \(now) order by scheduled_for"
  }

  /// The one that has waited longest for its next recipients.
  static func next(but stuck: [ID]) -> SQL {
    """
    select id from broadcast where status = 'running' and id <> all (\(stuck)::uuid[])
    order by updated_at, id limit 1
    """
  }
}

extension Work {
  /// Reads a broadcast and keeps everybody else from it until this transaction ends.
  func lockBroadcast(_ id: ID) async throws -> BroadcastRecord? {
    try await db.first("select \(BroadcastRecord.columns) from broadcast where id = \(id) for update")
  }

  func set(
    _ broadcast: BroadcastRecord, to status: BroadcastStatus, because trigger: String, note: String? = nil,
    approvedBy approver: ID? = nil
  ) async throws {
    try broadcast.status.mustAllow(status)
    try await db.run(
      """
      update broadcast set status = \(status), approved_by = coalesce(\(approver)::uuid, approved_by),
        started_at = case when \(status == .running)::boolean then \(now)::timestamptz else started_at end,
        finished_at = case when \(status.isOver)::boolean then coalesce(finished_at, \(now)::timestamptz) end,
        version = version + 1, updated_at = \(now)
      where id = \(broadcast.id)
      """)
    try await record(broadcast.id, from: broadcast.status, to: status, because: trigger, note: note)
  }
}
