/// How many connections a pool keeps, and how long anybody waits for one.
public struct PoolOptions: Sendable {
  /// Connections that all readers share.
  public var readers = 2
  /// Up to how many there are while statements take so long that those behind them would be held up.
  public var maxReaders = 6
  /// Connections that one transaction or write at a time has to itself; opened when they are needed.
  public var writers = 16
  /// How many may wait for a connection, or for the answer to a read.
  public var maxWaiting = 1000
  public var waitTimeout: Duration = .seconds(5)
  /// After how long an unused writer is closed.
  public var idleTimeout: Duration = .seconds(60)
  /// How long a statement waits for a lock that somebody else holds.
  public var lockTimeout: Duration = .seconds(10)
  /// What `pg_stat_activity` calls the sessions.
  public var applicationName = "lakoo"

  public init() {}
}

/// What a pool is doing.
public struct PoolCounters: Sendable, Equatable {
  /// Connections that stand.
  public var open = 0
  /// Writers in use, and readers with statements to answer.
  public var busy = 0
  /// Callers waiting for a connection.
  public var waiting = 0
}
