internal import EventLoop
internal import FunctionKit

extension PostgresConnection {
  /// Submits the call and waits for its answer.
  /// - Throws: ``DatabaseError``, or `CancellationError` as soon as the task is cancelled.
  func perform(_ call: Call) async throws -> Answer {
    try await withTaskCancellationHandler {
      try await unstoppable(call)
    } onCancel: {
      loop.execute { self.cancel(call) }
    }
  }

  /// The same, but cancellation is ignored: for what must not be left half-way.
  func unstoppable(_ call: Call) async throws -> Answer {
    try await withUnsafeThrowingContinuation { continuation in
      call.awaited(by: continuation)
      submit(call)
    }
  }

  private func cancel(_ call: Call) {
    guard !call.isOver else { return }
    call.abandon()
    if !isShared { abort("its caller was cancelled") }
  }
}

extension EventLoop {
  /// Runs the work on the loop's thread: at once when this is it.
  func onThread(_ work: @escaping @Sendable () -> Void) {
    if isCurrent { work() } else { execute(work) }
  }
}
