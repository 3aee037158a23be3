internal import EventLoop
internal import FunctionKit

extension PostgresPool {
  // MARK: Readers

  /// The reader for the next statement, nil when one must be waited for.
  func pickReader() throws -> PostgresConnection? {
    try checkUsable()
    watchDeadlines()
    if state.value.readers.count + state.value.openingReaders < options.readers { openReaders() }
    guard let reader = state.value.leastLoaded(loop.now) else { return nil }
    if reader.isHeldUp(loop.now), openOneMoreReader() { return nil }
    guard reader.load < options.maxWaiting else { throw DatabaseError.allBusy(database, options.readers) }
    return reader
  }

  private func openReaders() {
    guard state.value.reachability.mayTry(loop.now) else { return }
    while state.value.readers.count + state.value.openingReaders < max(1, options.readers) {
      state.value.openingReaders += 1
      open(isShared: true)
    }
  }

  func waitForReader(_ deadline: UInt64) async throws -> PostgresConnection {
    guard state.value.openingReaders > 0 else { throw unreachable() }
    guard state.value.forReader.count < options.maxWaiting else {
      throw DatabaseError.allBusy(database, options.readers)
    }
    return try await wait(forReader: true, deadline)
  }

  /// A reader that was opened just now where that is possible: when one connection is lost, the others often are too.
  func freshReader(_ deadline: UInt64) async throws -> PostgresConnection {
    let ready = try pickReader()
    if state.value.openingReaders > 0 { return try await waitForReader(deadline) }
    guard let ready else { throw unreachable() }
    return ready
  }

  // MARK: Writers

  func takeWriter(_ deadline: UInt64) async throws -> PostgresConnection {
    try checkUsable()
    watchDeadlines()
    switch state.value.capacity.step(waiting: state.value.forWriter.count) {
    case .take:
      if let connection = state.value.takeIdle() { return connection }
    case .refuse:
      throw DatabaseError.allBusy(database, state.value.capacity.limit)
    case .openAndWait:
      if state.value.reachability.mayTry(loop.now) {
        state.value.capacity.opening += 1
        open(isShared: false)
      } else if state.value.capacity.busy == 0, state.value.capacity.opening == 0 {
        throw unreachable()
      }
    case .wait: break
    }
    return try await wait(forReader: false, deadline)
  }

  /// Takes a writer back: to the next in line, to rest, or out of the pool when it is not clean.
  func giveBack(_ connection: PostgresConnection) {
    guard state.value.unuse(connection) else { return }
    guard connection.isClean, !state.value.isClosed else {
      connection.abort("it was not left clean")
      replaceWriter()
      return noteLoss()
    }
    serve(connection)
  }

  func serve(_ connection: PostgresConnection) {
    while let waiter = state.value.forWriter.next() {
      guard !waiter.isOver else { continue }
      state.value.use(connection)
      return waiter.resume(.success(connection))
    }
    state.value.rest(connection, loop.now)
  }

  /// Those who wait for a writer that is gone get a new one, or hear that there is none.
  private func replaceWriter() {
    let capacity = state.value.capacity
    guard state.value.forWriter.count > capacity.opening else { return }
    if capacity.open + capacity.opening < capacity.limit, state.value.reachability.mayTry(loop.now) {
      state.value.capacity.opening += 1
      open(isShared: false)
    } else if capacity.busy == 0, capacity.opening == 0 {
      for waiter in state.value.forWriter.takeAll() { waiter.resume(.failure(unreachable())) }
    }
  }

  // MARK: Waiting

  private func wait(forReader: Bool, _ deadline: UInt64) async throws -> PostgresConnection {
    let waiter = Waiter(deadline: min(deadline, loop.now + options.waitTimeout.milliseconds))
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        waiter.awaited(by: continuation)
        if !waiter.isOver { state.value.join(waiter, forReader: forReader) }
      }
    } onCancel: {
      loop.execute { [self] in
        state.value.leave(waiter)
        waiter.resume(.failure(CancellationError()))
      }
    }
  }

  private func checkUsable() throws {
    if state.value.isClosed { throw DatabaseError.poolClosed(database) }
    if state.value.isDown { throw unreachable() }
  }

  func unreachable() -> DatabaseError { .unreachable(database, state.value.reachability.reason) }
}
