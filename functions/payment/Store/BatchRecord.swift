import FunctionKit

/// A row of `settlement_batch`: all settlements of a week.
struct BatchRecord: Decodable, Sendable, Equatable {
  enum Status: String, Codable, SQLValue, Sendable, CaseIterable {
    case running, completed
    /// Somebody's settlement could not be made; it is tried again.
    case failed
  }

  var id: ID
  var batchNumber: String
  var period: SettlementPeriod
  var status: Status
  var runId: ID?
  /// Until when nobody else takes the run's place.
  var runUntil: Instant?
  var sellers: Int
  var settled: Int
  var carried: Int
  /// Waiting for somebody.
  var held: Int
  var gross: Int
  var refunds: Int
  var commission: Int
  var adjustments: Int
  var net: Int

  static let columns: SQL = """
    id, batch_number, to_char(period_start, 'YYYY-MM-DD') as period, status, run_id, run_until, sellers, settled,
    carried, held, gross, refunds, commission, adjustments, net
    """
}

extension Database {
  func batch(_ id: ID) async throws -> BatchRecord? {
    try await first("select \(BatchRecord.columns) from settlement_batch where id = \(id)")
  }

  func batch(of period: SettlementPeriod) async throws -> BatchRecord? {
    try await first("select \(BatchRecord.columns) from settlement_batch where period_start = \(period)::date")
  }

  /// The weeks whose run came to no end, the oldest first.
  func unfinishedPeriods() async throws -> [SettlementPeriod] {
    try await all(
      """
      select to_char(period_start, 'YYYY-MM-DD') from settlement_batch where status <> 'completed'
      order by period_start
      """)
  }

  func latestPeriod() async throws -> SettlementPeriod? {
    try await first(
      "select to_char(period_start, 'YYYY-MM-DD') from settlement_batch order by period_start desc limit 1")
  }
}

extension Work {
  /// Taken after the seller and before the books, by runs as well, so that none waits for the other for ever.
  func holdBatch(_ id: ID) async throws {
    try await db.run("select from settlement_batch where id = \(id) for no key update")
  }

  /// Counts a batch anew, so that its sums are those of its settlements whoever has changed them.
  @discardableResult
  func recount(_ batch: ID) async throws -> BatchRecord {
    try await holdBatch(batch)
    try await db.run(
      """
      update settlement_batch set sellers = sums.sellers, settled = sums.settled, carried = sums.carried,
        held = sums.sellers - sums.settled - sums.carried, gross = sums.gross, refunds = sums.refunds,
        commission = sums.commission, adjustments = sums.adjustments, net = sums.net, updated_at = \(now)
      from (
        select count(*)::int as sellers, count(*) filter (where status = 'completed')::int as settled,
          count(*) filter (where status = 'carried_forward')::int as carried,
          coalesce(sum(gross), 0)::bigint as gross, coalesce(sum(refunds), 0)::bigint as refunds,
          coalesce(sum(commission), 0)::bigint as commission,
          coalesce(sum(adjustments), 0)::bigint as adjustments, coalesce(sum(net), 0)::bigint as net
        from settlement where batch_id = \(batch)) sums
      where settlement_batch.id = \(batch)
      """)
    return try await db.one("select \(BatchRecord.columns) from settlement_batch where id = \(batch)")
  }
}
