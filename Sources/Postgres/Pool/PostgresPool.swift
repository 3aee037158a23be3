public import EventLoop
public import FunctionKit
private import Synchronization

/// The connections to one database: a few that all reads share, and some for transactions.
///
/// Every call is made, and answered, on the loop's thread.
public final class PostgresPool: Sendable {
  public let loop: EventLoop
  let options: PoolOptions
  let database: String
  let conninfo: Conninfo
  let state: LoopLocal<PoolState>
  let parts: LoopLocal<Parts?>
  private let reachable = Atomic(true)

  /// What exists once the pool is in use.
  struct Parts {
    let turnEnd: TurnEnd
    let deadlines: LoopTimer
    let retry: LoopTimer
    let housekeeping: LoopTimer
    var isWatching = false

    func stop() { for timer in [deadlines, retry, housekeeping] { timer.close() } }
  }

  /// Connects when it is first needed. Any thread may make a pool.
  public init(_ loop: EventLoop, connectionString: String, options: PoolOptions = PoolOptions()) {
    self.loop = loop
    self.options = options
    conninfo = Conninfo(
      text: connectionString, applicationName: options.applicationName,
      settings: Conninfo.common + [
        ("statement_timeout", "\(StatementTimeout.initial)"),
        ("lock_timeout", "\(options.lockTimeout.milliseconds)"),
      ])
    database = conninfo.database
    let capacity = WriterCapacity(limit: max(1, options.writers), maxWaiting: options.maxWaiting)
    state = LoopLocal(loop, PoolState(capacity: capacity))
    parts = LoopLocal(loop, nil)
  }

  deinit {
    let (state, parts) = (state, parts)
    loop.onThread {
      parts.value?.stop()
      for connection in state.value.all { connection.abort("its pool is gone") }
    }
  }

  /// Whether the last attempt to connect succeeded, or a connection stands; true before the first. From any thread.
  public var isReachable: Bool { reachable.load(ordering: .relaxed) }

  public var counters: PoolCounters { state.value.counters }

  func noteReachability() { reachable.store(!state.value.isDown, ordering: .relaxed) }

  /// Runs a statement that only reads, on a connection shared with others. It is run again, once, when its connection
  /// is lost before the answer.
  /// - Throws: ``DatabaseError``; `CancellationError` as soon as the task is cancelled.
  public func read(_ sql: SQL, timeout: Duration = .seconds(5)) async throws -> QueryResult {
    let deadline = loop.now + timeout.milliseconds
    do {
      let reader: PostgresConnection
      if let ready = try pickReader() { reader = ready } else { reader = try await waitForReader(deadline) }
      return try await reader.perform(Call(sql, sync: .turn, deadline: deadline)).result
    } catch let error as DatabaseError where error.sqlState == "08006" {
      let reader = try await freshReader(deadline)
      return try await reader.perform(Call(sql, sync: .turn, deadline: deadline)).result
    }
  }

  /// Runs one statement that commits by itself.
  /// - Throws: ``DatabaseError``, `08007` when nobody can tell whether it took effect.
  public func write(_ sql: SQL, timeout: Duration = .seconds(5)) async throws -> QueryResult {
    let deadline = loop.now + timeout.milliseconds
    let connection = try await takeWriter(deadline)
    defer { giveBack(connection) }
    return try await connection.perform(Call(sql, sync: .own, deadline: deadline, isDecisive: true)).result
  }

  /// Takes a connection for a transaction that must end within the time.
  public func begin(timeout: Duration = .seconds(5)) async throws -> PostgresTransaction {
    let deadline = loop.now + timeout.milliseconds
    let connection = try await takeWriter(deadline)
    return PostgresTransaction(loop, connection, deadline: deadline) { self.giveBack($0) }
  }
}
