private import Synchronization

extension EventLoop {
  /// Suspends the task; the loop goes on.
  /// - Throws: `CancellationError` as soon as the task is cancelled.
  public func sleep(for duration: Duration) async throws {
    let nap = Nap(self)
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { nap.start(for: duration, $0) }
    } onCancel: {
      execute { nap.end(throwing: CancellationError()) }
    }
  }
}

private final class Nap: Sendable {
  private let timer: LoopTimer
  private let waiter = Mutex<State>(.idle)

  private enum State {
    case idle, over
    case asleep(CheckedContinuation<Void, any Error>)
  }

  init(_ loop: EventLoop) { timer = LoopTimer(loop) }

  func start(for duration: Duration, _ continuation: CheckedContinuation<Void, any Error>) {
    let isCancelled = waiter.withLock { state in
      if case .over = state { return true }
      state = .asleep(continuation)
      return false
    }
    if isCancelled { return continuation.resume(throwing: CancellationError()) }
    timer.start(after: duration.milliseconds) { self.end(throwing: nil) }
  }

  func end(throwing error: CancellationError?) {
    let state = waiter.withLock { state in
      defer { state = .over }
      return state
    }
    if case .over = state { return }
    timer.close()
    guard case .asleep(let continuation) = state else { return }
    if let error { continuation.resume(throwing: error) } else { continuation.resume() }
  }
}

extension Duration {
  /// Whole milliseconds, rounded up, never negative.
  public var milliseconds: UInt64 {
    let (seconds, attoseconds) = components
    let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return UInt64(max(0, milliseconds))
  }
}
