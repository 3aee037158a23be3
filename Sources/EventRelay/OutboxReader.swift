internal import FunctionKit
internal import Postgres
internal import Runtime

/// Reads one outbox, a batch at a time, and remembers how far it came.
struct OutboxReader: Sendable {
  let pool: PostgresPool
  static let batchSize = 200
  private static let timeout = Duration.seconds(30)

  struct Batch: Sendable {
    var events: [OutboxEvent]
    /// Rows beyond the window: committed or not, they wait for a transaction that still runs.
    var hasMore: Bool
  }

  /// Whether there may be something to read; costs no transaction id, so that an idle host leaves no trace.
  func mayHaveRows() async throws -> Bool {
    let result = try await pool.read(
      """
      select exists (
        select 1 from lakoo.outbox
        where xid >= coalesce((select low from lakoo.relay_cursor where name = 'local'), '0'))
      """, timeout: OutboxReader.timeout)
    return try result.rows.first?.decode() ?? false
  }

  /// Opens a window if none is open, hands its next rows to `deliver`, then moves the cursor. The cursor's row is
  /// locked meanwhile, so that one host at a time reads an outbox.
  func readBatch(_ deliver: ([OutboxEvent]) async throws -> Void) async throws -> Batch {
    let transaction = try await pool.begin(timeout: OutboxReader.timeout)
    do {
      guard var cursor = try await lockedCursor(transaction) else {
        await transaction.rollback()
        return Batch(events: [], hasMore: false)
      }
      let wasFinished = cursor.isFinished
      if wasFinished { cursor.high = try await horizon(transaction) }
      let events = try await rows(transaction, cursor)
      if !events.isEmpty { try await deliver(events) }
      let isFull = events.count == OutboxReader.batchSize
      let next = cursor.advanced(past: events.last?.seq, isFull: isFull)
      if !events.isEmpty || !wasFinished { try await save(next, transaction) }
      let remain = try await rowsRemain(transaction, beyond: next)
      try await transaction.commit()
      return Batch(events: events, hasMore: isFull || remain)
    } catch {
      await transaction.rollback()
      throw error
    }
  }

  private func lockedCursor(_ transaction: PostgresTransaction) async throws -> RelayCursor? {
    let select: SQL = "select low, high, seq from lakoo.relay_cursor where name = 'local' for update skip locked"
    if let cursor = try await transaction.run(select).rows.first { return try cursor.decode() }
    _ = try await transaction.run(
      "insert into lakoo.relay_cursor (name, low, high, seq) values ('local', '0', '0', 0) on conflict do nothing")
    return try await transaction.run(select).rows.first?.decode()
  }

  private func horizon(_ transaction: PostgresTransaction) async throws -> String {
    let result = try await transaction.run("select pg_snapshot_xmin(pg_current_snapshot())::text")
    return try result.rows.first?.decode() ?? "0"
  }

  private func rows(_ transaction: PostgresTransaction, _ cursor: RelayCursor) async throws -> [OutboxEvent] {
    guard !cursor.isFinished else { return [] }
    return try await transaction.run(
      """
      select seq, id, type, subject, time, data from lakoo.outbox
      where xid >= \(cursor.low)::xid8 and xid < \(cursor.high)::xid8 and seq > \(cursor.seq)
      order by seq limit \(OutboxReader.batchSize)
      """
    ).rows.map { try $0.decode() }
  }

  private func save(_ cursor: RelayCursor, _ transaction: PostgresTransaction) async throws {
    _ = try await transaction.run(
      """
      update lakoo.relay_cursor
      set low = \(cursor.low)::xid8, high = \(cursor.high)::xid8, seq = \(cursor.seq) where name = 'local'
      """)
  }

  private func rowsRemain(_ transaction: PostgresTransaction, beyond cursor: RelayCursor) async throws -> Bool {
    try await transaction.run(
      "select exists (select 1 from lakoo.outbox where xid >= \(cursor.high)::xid8)"
    ).rows.first?.decode() ?? false
  }
}
