internal import EventLoop
internal import FunctionKit

extension PostgresPool {
  /// The parts that belong to the loop, made when they are first needed.
  var currentParts: Parts {
    if let parts = parts.value { return parts }
    let new = Parts(
      turnEnd: TurnEnd(loop), deadlines: LoopTimer(loop), retry: LoopTimer(loop), housekeeping: LoopTimer(loop))
    parts.value = new
    new.housekeeping.start(after: 1000, repeating: 1000) { [weak self] in self?.closeIdle() }
    return new
  }

  /// Looks for calls and waiters that are overdue, as long as there are any at all.
  func watchDeadlines() {
    let parts = currentParts
    guard !parts.isWatching else { return }
    self.parts.value?.isWatching = true
    parts.deadlines.start(after: 50, repeating: 50) { [weak self] in self?.endOverdue() }
  }

  private func endOverdue() {
    for connection in state.value.readers + state.value.busy { connection.endOverdue() }
    freeHeldUpReads()
    for waiter in state.value.forReader.overdue(loop.now) + state.value.forWriter.overdue(loop.now) {
      waiter.resume(.failure(DatabaseError.allBusy(database, state.value.capacity.limit)))
    }
    let counters = state.value.counters
    guard counters.busy == 0, counters.waiting == 0 else { return }
    currentParts.deadlines.stop()
    parts.value?.isWatching = false
  }

  private func closeIdle() {
    let age = options.idleTimeout.milliseconds
    guard loop.now > age else { return }
    for connection in state.value.idleSince(loop.now - age) { connection.lose("it was idle") }
    closeIdleReaders(before: loop.now - age)
  }

  /// Refuses new calls, lets those that run end for up to five seconds, and closes every connection.
  public func close() async {
    state.value.isClosed = true
    for waiter in state.value.forReader.takeAll() + state.value.forWriter.takeAll() {
      waiter.resume(.failure(DatabaseError.poolClosed(database)))
    }
    let deadline = loop.now + 5000
    while state.value.counters.busy + state.value.opening > 0, loop.now < deadline {
      do { try await loop.sleep(for: .milliseconds(5)) } catch { break }
    }
    for connection in state.value.all { connection.abort("the pool was closed") }
    parts.value?.stop()
  }
}
