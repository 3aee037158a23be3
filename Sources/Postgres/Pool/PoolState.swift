internal import EventLoop

/// What a pool knows, without the doing.
struct PoolState {
  struct Idle {
    let connection: PostgresConnection
    let since: UInt64
  }

  var capacity: WriterCapacity
  var idle: [Idle] = []
  var busy: [PostgresConnection] = []
  var readers: [PostgresConnection] = []
  var openingReaders = 0
  var forReader = WaitingLine()
  var forWriter = WaitingLine()
  var reachability = Reachability()
  var isClosed = false

  var open: Int { readers.count + capacity.open }
  var opening: Int { openingReaders + capacity.opening }

  var all: [PostgresConnection] { readers + idle.map(\.connection) + busy }

  /// Nobody can be served before a new attempt to connect has succeeded.
  var isDown: Bool { open == 0 && reachability.isFailing }

  var counters: PoolCounters {
    PoolCounters(
      open: open, busy: capacity.busy + readers.count { $0.load > 0 }, waiting: forReader.count + forWriter.count)
  }

  /// The reader with the fewest statements to answer; one that is held up only when all are.
  func leastLoaded(_ now: UInt64) -> PostgresConnection? {
    guard var best = readers.first else { return nil }
    for reader in readers.dropFirst() {
      let isBetter = (reader.isHeldUp(now) ? 1 : 0, reader.load) < (best.isHeldUp(now) ? 1 : 0, best.load)
      if isBetter { best = reader }
    }
    return best
  }

  mutating func join(_ waiter: Waiter, forReader isReader: Bool) {
    if isReader { forReader.join(waiter) } else { forWriter.join(waiter) }
  }

  mutating func leave(_ waiter: Waiter) {
    forReader.leave(waiter)
    forWriter.leave(waiter)
  }

  mutating func takeIdle() -> PostgresConnection? {
    guard let last = idle.popLast() else { return nil }
    capacity.idle -= 1
    use(last.connection)
    return last.connection
  }

  mutating func use(_ connection: PostgresConnection) {
    capacity.busy += 1
    busy.append(connection)
  }

  /// - Returns: false when the connection was not in use.
  mutating func unuse(_ connection: PostgresConnection) -> Bool {
    guard let index = busy.firstIndex(where: { $0 === connection }) else { return false }
    busy.remove(at: index)
    capacity.busy -= 1
    return true
  }

  mutating func rest(_ connection: PostgresConnection, _ now: UInt64) {
    capacity.idle += 1
    idle.append(Idle(connection: connection, since: now))
  }

  /// Forgets a connection that was lost, whatever it did; one in use is given back by its user.
  mutating func remove(_ connection: PostgresConnection) {
    readers.removeAll { $0 === connection }
    let before = idle.count
    idle.removeAll { $0.connection === connection }
    capacity.idle -= before - idle.count
  }

  /// Takes out the writers that have not been used since then.
  mutating func idleSince(_ time: UInt64) -> [PostgresConnection] {
    let old = idle.prefix { $0.since <= time }.map(\.connection)
    idle.removeFirst(old.count)
    capacity.idle -= old.count
    return old
  }
}
