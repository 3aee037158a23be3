internal import FunctionKit
internal import Postgres
internal import Runtime

/// Another bundle's outbox, as a reader sees it. Reading leaves no trace there.
struct Outbox: Sendable {
  let pool: PostgresPool
  static let batchSize = 500

  /// What one look gave.
  struct Batch: Sendable {
    /// The cursor that was read from, its window opened.
    var cursor: RelayCursor
    var events: [OutboxEvent]

    /// The cursor behind the batch.
    var next: RelayCursor { cursor.advanced(past: events.last?.seq, isFull: events.count == Outbox.batchSize) }
  }

  /// The next events of these types behind the cursor, and no older than that.
  /// - Throws: ``OutboxAhead``.
  func read(from cursor: RelayCursor, types: [String], since: Instant?) async throws -> Batch {
    let isOpening = cursor.isFinished
    // The first window may hold all there is: it is only opened, and then gone through by the rows' own order.
    let most = cursor.isInFirstWindow ? 0 : Outbox.batchSize
    let statement = isOpening ? opening(cursor, types, since, most) : going(on: cursor, types, since)
    let rows: [Line] = try await pool.read(statement, timeout: .seconds(30)).rows.map { try $0.decode() }
    guard let first = rows.first else { return Batch(cursor: cursor, events: []) }
    if first.isAhead { throw try await markedAhead() }
    if first.epoch != cursor.epoch { return Batch(cursor: .start(epoch: first.epoch), events: []) }
    var opened = cursor
    if isOpening { opened.high = first.snapshot }
    if isOpening, most == 0 { return try await read(from: opened, types: types, since: since) }
    return Batch(cursor: opened, events: rows.compactMap(\.event))
  }

  /// Whether the outbox names transactions that this server has not come to.
  /// - Throws: ``OutboxAhead``.
  func check() async throws {
    let isAhead: Bool? = try await pool.read(
      "select exists (select from lakoo.outbox where xid >= pg_snapshot_xmax(pg_current_snapshot()))",
      timeout: .seconds(10)
    ).rows.first?.decode()
    if isAhead == true { throw try await markedAhead() }
  }

  func epoch() async throws -> Int {
    try await pool.read("select epoch from lakoo.outbox_state", timeout: .seconds(10)).rows.first?.decode() ?? 1
  }

  /// Written down, because the server's transactions catch up, and what was emitted meanwhile would be passed over.
  private func markedAhead() async throws -> OutboxAhead {
    _ = try await pool.write(
      "update lakoo.outbox_state set is_ahead = true where not is_ahead", timeout: .seconds(10))
    return OutboxAhead()
  }

  /// Opens a window: all that has ended by now.
  private func opening(_ cursor: RelayCursor, _ types: [String], _ since: Instant?, _ most: Int) -> SQL {
    Outbox.look(
      cursor,
      """
      lakoo.outbox_open(\(cursor.low)::pg_snapshot, \(types)::text[], coalesce(\(since)::timestamptz, '-infinity'),
        \(most))
      """)
  }

  /// Goes on in a window by the rows' own order, however many there are.
  private func going(on cursor: RelayCursor, _ types: [String], _ since: Instant?) -> SQL {
    Outbox.look(
      cursor,
      """
      lakoo.outbox_go_on(\(cursor.low)::pg_snapshot, \(cursor.high)::pg_snapshot, \(cursor.seq), \(types)::text[],
        coalesce(\(since)::timestamptz, '-infinity'), \(Outbox.batchSize))
      """)
  }

  /// The rows, and the state of the outbox by the same snapshot, also when there are none.
  private static func look(_ cursor: RelayCursor, _ rows: SQL) -> SQL {
    """
    select pg_current_snapshot()::text as snapshot, state.epoch,
      state.is_ahead or state.epoch = \(cursor.epoch)
        and pg_snapshot_xmax(\(cursor.low)::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot()) as is_ahead,
      event.*
    from (select epoch, is_ahead from lakoo.outbox_state limit 1) state left join lateral \(rows) event on true order by event.seq
    """
  }

  private struct Line: Decodable {
    let snapshot: String
    let epoch: Int
    let isAhead: Bool
    let event: OutboxEvent?

    enum Keys: String, CodingKey { case snapshot, epoch, isAhead, seq }

    init(from decoder: any Decoder) throws {
      let columns = try decoder.container(keyedBy: Keys.self)
      snapshot = try columns.decode(String.self, forKey: .snapshot)
      epoch = try columns.decode(Int.self, forKey: .epoch)
      isAhead = try columns.decode(Bool.self, forKey: .isAhead)
      event = try columns.decodeNil(forKey: .seq) ? nil : OutboxEvent(from: decoder)
    }
  }
}
