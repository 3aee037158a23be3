internal import EventLoop
internal import FunctionKit

extension PostgresPool {
  /// Opens a connection in the background; whoever waits for it hears how it went.
  func open(isShared: Bool) {
    var conninfo = conninfo
    if isShared { conninfo.settings.append(("default_transaction_read_only", "on")) }
    Task(executorPreference: loop) { [self, conninfo] in
      do {
        let native = try await connect(loop, conninfo)
        arrived(try PostgresConnection(native, loop, currentParts.turnEnd, isShared: isShared))
      } catch {
        failed((error as? ConnectFailure)?.reason ?? "\(error)", isShared: isShared)
      }
    }
  }

  private func arrived(_ connection: PostgresConnection) {
    ended(isShared: connection.isShared)
    state.value.reachability.succeeded()
    noteReachability()
    if state.value.isClosed { return connection.lose("the pool was closed") }
    connection.onLoss = { [weak self] in self?.lost($0) }
    guard connection.isShared else { return serve(connection) }
    state.value.readers.append(connection)
    for waiter in state.value.forReader.takeAll() { waiter.resume(.success(connection)) }
  }

  private func failed(_ reason: String, isShared: Bool) {
    ended(isShared: isShared)
    state.value.reachability.failed(reason, loop.now)
    noteReachability()
    let error = unreachable()
    if state.value.openingReaders == 0 {
      let other = state.value.leastLoaded(loop.now)
      for waiter in state.value.forReader.takeAll() { waiter.resume(other.map { .success($0) } ?? .failure(error)) }
    }
    if state.value.capacity.opening == 0, state.value.capacity.busy == 0 {
      for waiter in state.value.forWriter.takeAll() { waiter.resume(.failure(error)) }
    }
    retryIfDown()
  }

  private func ended(isShared: Bool) {
    if isShared { state.value.openingReaders -= 1 } else { state.value.capacity.opening -= 1 }
  }

  private func lost(_ connection: PostgresConnection) {
    state.value.remove(connection)
    noteLoss()
  }

  func noteLoss() {
    noteReachability()
    retryIfDown()
  }

  /// While nothing stands, a single connection is tried again and again, so that service resumes by itself.
  private func retryIfDown() {
    guard state.value.isDown, state.value.opening == 0, !state.value.isClosed else { return }
    let (now, at) = (loop.now, state.value.reachability.retryAt)
    currentParts.retry.start(after: at > now ? at - now : 0) { [weak self] in
      guard let self, state.value.isDown, state.value.opening == 0, !state.value.isClosed else { return }
      state.value.openingReaders += 1
      open(isShared: true)
    }
  }
}
