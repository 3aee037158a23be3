import EventLoop

/// Deadlines, and how a connection ends.
extension Connection {
  /// Brings everything in line after something happened: sends, closes, sets the deadline.
  func settle() {
    flush()
    if phase == .idle, server.isDraining, handover == nil, !awaitsFirst { phase = .closing }
    if phase.isReading, inputEnded, stash.isEmpty { phase = .closing }
    if phase == .idle, server.isDraining { handOver() }
    if phase == .closing { beginClosing() }
    if phase == .idle { parser.shrink() }
    if !isArmed { arm() }
  }

  /// Ends our side and waits for the client's: closing with bytes unread would take the answer away from it.
  private func beginClosing() {
    guard !isShutDown, tail == nil else { return }
    isShutDown = true
    stash = []
    sayGoodbye()
    if inputEnded, stream.pendingBytes == 0 { return close() }
    stream.shutdown()
    if isPaused { stream.resumeReading() }
  }

  /// Sets the time by which something must have happened.
  func arm() {
    guard phase != .closed else { return }
    isArmed = true
    let patience = server.patience
    progress = written - UInt64(stream.pendingBytes)
    let wait: UInt64? =
      if stream.pendingBytes > 0 { patience.writeStall } else {
        switch phase {
        case .idle: isShakingHands ? patience.header : patience.idle
        case .head: patience.header
        case .body: patience.body
        case .closing: patience.linger
        case .handling, .sending, .closed: nil
        }
      }
    server.deadlines.set(slot, wait.map { server.loop.now + $0 } ?? Deadlines.never)
  }

  /// The deadline has passed.
  func expire() {
    if stream.pendingBytes > 0, written - UInt64(stream.pendingBytes) > progress { return arm() }
    guard stream.pendingBytes == 0 else { return close() }
    switch phase {
    case .head: refuse(.headTimeout)
    case .body:
      body = nil
      refuse(.bodyTimeout)
    case .idle: endIdle()
    case .closing: close()
    case .handling, .sending, .closed: arm()
    }
  }
}
