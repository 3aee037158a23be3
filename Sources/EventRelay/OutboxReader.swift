internal import FunctionKit
internal import Postgres
internal import Runtime

/// Reads one outbox, a batch at a time, and remembers how far it came.
struct OutboxReader: Sendable {
  let pool: PostgresPool
  static let batchSize = 200
  private static let timeout = Duration.seconds(30)

  enum Outcome {
    case read(Int)
    /// Another host reads this outbox at the moment.
    case isTaken
  }

  /// Whether there is something to read; costs no transaction id, so that an idle host leaves no trace.
  /// - Throws: ``OutboxAhead``.
  func hasRows() async throws -> Bool {
    struct Look: Decodable {
      var isAhead: Bool
      var next: Int64?
    }
    let look = try await pool.read(
      """
      with cursor as (
        select coalesce(
          (select low from lakoo.relay_cursor where name = 'local'), \(RelayCursor.start)::pg_snapshot) as low)
      select pg_snapshot_xmax(low) > pg_snapshot_xmax(pg_current_snapshot())
          or exists (select 1 from lakoo.outbox where xid >= pg_snapshot_xmax(pg_current_snapshot()))
          or exists (select 1 from lakoo.relay_cursor where name = 'ahead') as is_ahead,
        (select seq from lakoo.outbox where \(OutboxReader.isBeyond("(select low from cursor)")) order by xid limit 1)
          as next
      from cursor
      """, timeout: .seconds(10)
    ).rows.first?.decode(Look.self)
    guard let look else { return false }
    if look.isAhead { throw try await markedAhead() }
    return look.next != nil
  }

  /// Written down, because the server's transactions catch up, and what was emitted meanwhile would be passed over.
  private func markedAhead() async throws -> OutboxAhead {
    _ = try await pool.write(
      """
      insert into lakoo.relay_cursor (name, low, high, seq)
      values ('ahead', \(RelayCursor.start)::pg_snapshot, \(RelayCursor.start)::pg_snapshot, 0) on conflict do nothing
      """, timeout: .seconds(10))
    return OutboxAhead()
  }

  /// Opens a window if none is open, hands its next rows to `deliver`, then moves the cursor. The cursor's row is
  /// locked meanwhile, so that one host at a time reads an outbox.
  func readBatch(_ deliver: ([OutboxEvent]) async throws -> Void) async throws -> Outcome {
    let transaction = try await pool.begin(timeout: OutboxReader.timeout)
    do {
      guard var cursor = try await lockedCursor(transaction) else {
        await transaction.rollback()
        return .isTaken
      }
      if cursor.isFinished { cursor.high = try await snapshot(transaction) }
      let events = try await rows(transaction, cursor)
      if !events.isEmpty { try await deliver(events) }
      try await save(
        cursor.advanced(past: events.last?.seq, isFull: events.count == OutboxReader.batchSize), transaction)
      try await transaction.commit()
      return .read(events.count)
    } catch {
      await transaction.rollback()
      throw error
    }
  }

  private func lockedCursor(_ transaction: PostgresTransaction) async throws -> RelayCursor? {
    let select: SQL = "select low, high, seq from lakoo.relay_cursor where name = 'local' for update skip locked"
    if let cursor = try await transaction.run(select).rows.first { return try cursor.decode() }
    _ = try await transaction.run(
      """
      insert into lakoo.relay_cursor (name, low, high, seq)
      values ('local', \(RelayCursor.start)::pg_snapshot, \(RelayCursor.start)::pg_snapshot, 0) on conflict do nothing
      """)
    return try await transaction.run(select).rows.first?.decode()
  }

  private func snapshot(_ transaction: PostgresTransaction) async throws -> String {
    let result = try await transaction.run("select pg_current_snapshot()::text")
    return try result.rows.first?.decode() ?? RelayCursor.start
  }

  private func rows(_ transaction: PostgresTransaction, _ cursor: RelayCursor) async throws -> [OutboxEvent] {
    guard !cursor.isFinished else { return [] }
    return try await transaction.run(
      """
      select seq, id, type, subject, time, data from lakoo.outbox
      where \(OutboxReader.isBeyond("\(cursor.low)::pg_snapshot"))
        and xid < pg_snapshot_xmax(\(cursor.high)::pg_snapshot)
        and pg_visible_in_snapshot(xid, \(cursor.high)::pg_snapshot) and seq > \(cursor.seq)
      order by seq limit \(OutboxReader.batchSize)
      """
    ).rows.map { try $0.decode() }
  }

  private func save(_ cursor: RelayCursor, _ transaction: PostgresTransaction) async throws {
    _ = try await transaction.run(
      """
      update lakoo.relay_cursor
      set low = \(cursor.low)::pg_snapshot, high = \(cursor.high)::pg_snapshot, seq = \(cursor.seq)
      where name = 'local'
      """)
  }

  /// Rows of transactions that had not ended when the snapshot was taken. The first half is for the index.
  private static func isBeyond(_ low: SQL) -> SQL {
    "xid >= pg_snapshot_xmin(\(low)) and not pg_visible_in_snapshot(xid, \(low))"
  }
}
