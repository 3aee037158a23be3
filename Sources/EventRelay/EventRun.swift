internal import FunctionKit
internal import Runtime

/// What came of the items that a run was given.
struct RunResult: Sendable {
  /// How many were worked on, with or without success.
  var tried = 0
  /// Milliseconds of that.
  var handling: UInt64 = 0
  /// Those that there was no time for.
  var unused: [DueItem] = []
  /// They can't be run together: one of them has spoilt it for the others.
  var mustSplit = false
}

/// The item could not even be claimed, so its function has not run and no attempt has been made.
struct Unclaimed: Error { var cause: any Error }

/// Runs a function on an event, within its time.
/// - Returns: why it failed, nil when it did not.
func attempt(
  _ item: ClaimedItem, _ invocation: Invocation, _ function: LoadedFunction
) async -> (any Error)? {
  await withCheckedContinuation { continuation in
    invocation.start(onCrash: { continuation.resume(returning: $0) }) {
      do {
        let context = Context(host: invocation, requestID: invocation.requestID, event: item.envelope)
        try await function.handle(item, context)
        continuation.resume(returning: invocation.isExpired ? CancellationError() : nil)
      } catch { continuation.resume(returning: error) }
    }
  }
}
