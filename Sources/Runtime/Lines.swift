internal import EventLoop
internal import Manifest

/// The lines before those functions whose manifest limits how many of their invocations run at once.
public final class Lines: Sendable {
  private let lines: LoopLocal<[ObjectIdentifier: ConcurrencyLine<Invocation>]>

  init(_ loop: EventLoop) { lines = LoopLocal(loop, [:]) }

  func arrive(_ invocation: Invocation, _ concurrency: Concurrency) -> ConcurrencyLine<Invocation>.Step {
    lines.value[ObjectIdentifier(invocation.function), default: ConcurrencyLine(concurrency)].arrive(invocation)
  }

  /// - Returns: whose turn it is now.
  func leave(_ invocation: Invocation, after milliseconds: UInt64) -> Invocation? {
    lines.value[ObjectIdentifier(invocation.function)]?.leave(after: milliseconds)
  }

  func giveUp(_ invocation: Invocation, ticket: Int) {
    lines.value[ObjectIdentifier(invocation.function)]?.giveUp(ticket: ticket)
  }

  /// How many invocations of the function wait for their turn.
  public func length(before function: LoadedFunction) -> Int {
    lines.value[ObjectIdentifier(function)]?.length ?? 0
  }

  func retryAfter(_ invocation: Invocation) -> Int {
    let timeout = Double(invocation.function.manifest.timeout.milliseconds)
    return lines.value[ObjectIdentifier(invocation.function)]?.retryAfter(timeout: timeout) ?? 1
  }
}
