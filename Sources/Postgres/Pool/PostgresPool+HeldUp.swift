internal import EventLoop

/// What one statement that takes its time costs those that share its connection: a moment, not their deadline.
extension PostgresPool {
  /// - Returns: whether another reader is on its way.
  func openOneMoreReader() -> Bool {
    if state.value.openingReaders > 0 { return true }
    guard state.value.readers.count < max(options.readers, options.maxReaders),
      state.value.reachability.mayTry(loop.now)
    else { return false }
    state.value.openingReaders += 1
    open(isShared: true)
    return true
  }

  /// Sends what waits behind a slow statement once more, on another connection; the first answer counts.
  func freeHeldUpReads() {
    let now = loop.now
    let heldUp = state.value.readers.filter { $0.isHeldUp(now) && $0.holdsOthersUp }
    guard !heldUp.isEmpty, let free = state.value.leastLoaded(now) else { return }
    guard !free.isHeldUp(now) else {
      _ = openOneMoreReader()
      return
    }
    for call in heldUp.flatMap({ $0.doubles() }) { free.submit(call) }
  }

  /// Closes readers that were opened for want of free ones.
  func closeIdleReaders(before time: UInt64) {
    let spare = state.value.readers.count - max(1, options.readers)
    guard spare > 0 else { return }
    let idle = state.value.readers.filter { $0.load == 0 && $0.progress <= time }
    for reader in idle.suffix(spare) { reader.lose("it was idle") }
  }
}
