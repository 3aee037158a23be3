internal import FunctionKit
internal import Postgres
internal import Runtime

/// Tidies the days of one bundle's outbox and inbox.
struct DayKeeper: Sendable {
  let bundle: LoadedBundle
  /// Who may still have to read the outbox.
  let readers: [LoadedBundle]
  let now: Instant
  let keep: Duration
  /// How many days are made ahead.
  private static let ahead: Int64 = 3
  /// Rows that one statement deletes, so that none of them holds locks for long.
  private static let batch = 1000

  /// Does what it can; what fails, because somebody holds a lock for longer, does not keep the rest from being done.
  /// - Throws: the first failure.
  func tidy() async throws {
    let known = try await known()
    let passed = try await passed()
    let limit = now - keep
    let today = DayPartition.day(of: now)
    var failure: (any Error)?
    func trying(_ step: () async throws -> Void) async {
      do { try await step() } catch { failure = failure ?? error }
    }
    for table in DayPartition.Table.allCases {
      for day in today...today + DayKeeper.ahead where !known.contains(DayPartition(table, day: day)) {
        await trying { try await make(DayPartition(table, day: day)) }
      }
    }
    for day in known.sorted(by: { $0.day < $1.day }) where day.end <= limit {
      await trying { try await drop(day, passed) }
    }
    await trying { try await sweepRest(olderThan: limit, passed) }
    await trying { try await sweepReceipts(olderThan: limit) }
    if let failure { throw failure }
  }

  private func known() async throws -> Set<DayPartition> {
    let names: [String] = try await pool().read(
      """
      select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
      where inhparent in ('lakoo.outbox'::regclass, 'lakoo.inbox'::regclass)
      """, timeout: .seconds(10)
    ).rows.map { try $0.decode() }
    return Set(names.compactMap(DayPartition.init(name:)))
  }

  /// A day some of whose rows went elsewhere already stays there.
  private func make(_ day: DayPartition) async throws {
    let rest = SQL(stringLiteral: "lakoo.\(day.table.rawValue)_rest")
    let range = SQL(stringLiteral: "\(day.column) >= \(day.from) and \(day.column) < \(day.to)")
    let isTaken: Bool? = try await pool().read(
      "select exists (select from \(rest) where \(range))", timeout: .seconds(30)
    ).rows.first?.decode()
    guard isTaken == false else { return }
    let name = "lakoo.\(day.name)"
    let table = "lakoo.\(day.table.rawValue)"
    let statements = [
      "create table if not exists \(name) (like \(table) including defaults)",
      "alter table \(table) attach partition \(name) for values from (\(day.from)) to (\(day.to))",
    ]
    try await changing { transaction in
      for statement in statements { _ = try await transaction.run(SQL(stringLiteral: statement)) }
    }
  }

  /// Drops a day of which nobody needs a row any more. It is asked under the lock, so that none can come in between.
  private func drop(_ day: DayPartition, _ passed: String?) async throws {
    let rows = SQL(stringLiteral: "lakoo.\(day.name)")
    let isNeeded: SQL =
      switch day.table {
      case .outbox: "select exists (select from \(rows) where xid >= \(passed)::text::xid8)"
      case .inbox:
        """
        select exists (
          select from lakoo.pending
          where id >= \(DayPartition.firstID(at: day.start)) and id < \(DayPartition.firstID(at: day.end)))
        """
      }
    // Most days that are kept for long are kept by somebody who is away; then nobody is made to wait.
    guard try await pool().read(isNeeded, timeout: .seconds(30)).rows.first?.decode(Bool.self) == false else { return }
    try await changing { transaction in
      _ = try await transaction.run("lock table \(rows) in access exclusive mode")
      let stillNeeded: Bool? = try await transaction.run(isNeeded).rows.first?.decode()
      if stillNeeded == false { _ = try await transaction.run("drop table \(rows)") }
    }
  }

  /// All transactions before this one have been read by everybody who listens; nil when nobody does.
  private func passed() async throws -> String? {
    var least: (number: UInt64, text: String)?
    for (reader, functions) in Subscriptions(readers).subscribers(to: bundle) {
      let texts: [String] = try await reader.requirePool().read(
        """
        select pg_snapshot_xmin(low)::text from lakoo.subscription
        where source = \(bundle.name) and function = any(\(functions.map { $0.0.name })::text[])
        """, timeout: .seconds(10)
      ).rows.map { try $0.decode() }
      for text in texts {
        guard let number = UInt64(text) else { continue }
        if number < least?.number ?? .max { least = (number, text) }
      }
    }
    return least?.text
  }

  private func sweepRest(olderThan limit: Instant, _ passed: String?) async throws {
    try await repeatedly(
      """
      delete from lakoo.outbox_rest where ctid = any(array(
        select ctid from lakoo.outbox_rest
        where time < \(limit) and (\(passed)::text is null or xid < \(passed)::text::xid8) limit \(DayKeeper.batch)))
      """)
    try await repeatedly(
      """
      delete from lakoo.inbox_rest where ctid = any(array(
        select ctid from lakoo.inbox_rest
        where id < \(DayPartition.firstID(at: limit))
          and not exists (select from lakoo.pending where pending.id = inbox_rest.id) limit \(DayKeeper.batch)))
      """)
  }

  /// Providers do not repeat a delivery after so long.
  private func sweepReceipts(olderThan limit: Instant) async throws {
    try await repeatedly(
      """
      delete from lakoo.receipt where ctid = any(array(
        select ctid from lakoo.receipt where received_at < \(limit - .days(30)) limit \(DayKeeper.batch)))
      """)
  }

  private func repeatedly(_ statement: SQL) async throws {
    while try await pool().write(statement, timeout: .seconds(30)).affected == DayKeeper.batch {
      try Task.checkCancellation()
    }
  }

  /// Changes tables in one transaction that gives up rather than keep everybody waiting for a lock.
  private func changing(_ body: (PostgresTransaction) async throws -> Void) async throws {
    let transaction = try await pool().begin(timeout: .seconds(30))
    do {
      _ = try await transaction.run("set local lock_timeout = '200ms'")
      try await body(transaction)
      try await transaction.commit()
    } catch {
      await transaction.rollback()
      throw error
    }
  }

  private func pool() throws -> PostgresPool { try bundle.requirePool() }
}
