public import EventLoop
public import FunctionKit
private import Glibc

/// Writes one line per invocation and whatever functions log: JSON in production, readable in a terminal otherwise.
/// Lines gather during a turn of the loop and are written together at its end.
public final class HostLog: Sendable {
  private let clock: HostClock
  private let descriptor: Int32
  private let state: LoopLocal<State>

  private struct State {
    var lines: any LineFormat
    var bytes: [UInt8] = []
  }

  /// - Parameter descriptor: where lines go; −1 drops them.
  public init(_ loop: EventLoop, clock: HostClock, isJSON: Bool, descriptor: Int32 = 1) {
    self.clock = clock
    self.descriptor = descriptor
    state = LoopLocal(loop, State(lines: isJSON ? JSONLines() : TextLines()))
    loop.onTurnEnd { [weak self] in self?.flush() }
  }

  /// The line that ends every invocation, which is counted with it.
  /// - Parameters:
  ///   - outcome: what came of it: an HTTP status, `done`, `failed`.
  ///   - error: why it failed, for those who run the host.
  public func finished(_ invocation: Invocation, outcome: String, error: String? = nil) {
    let milliseconds = invocation.elapsedMilliseconds
    invocation.services.tallies.add(invocation.function, outcome, milliseconds: milliseconds)
    invocation.recording?.end(invocation, outcome, hasFailed: error != nil)
    add(
      LogLine(
        level: error == nil ? .info : .error, bundle: invocation.bundle.name, function: invocation.function.name,
        request: invocation.requestID, trace: invocation.trace, message: outcome,
        milliseconds: milliseconds, error: error))
  }

  /// A line that a function logged.
  func message(_ level: Log.Level, _ message: String, of invocation: Invocation) {
    add(
      LogLine(
        level: level, bundle: invocation.bundle.name, function: invocation.function.name,
        request: invocation.requestID, trace: invocation.trace, message: message))
  }

  /// A line of the host itself.
  public func host(_ level: Log.Level, _ message: String) { add(LogLine(level: level, message: message)) }

  private func add(_ line: LogLine) {
    state.value.lines.append(line, at: clock.now, to: &state.value.bytes)
  }

  /// Writes what has gathered. A reader that can't keep up makes the host wait rather than lose lines.
  public func flush() {
    guard !state.value.bytes.isEmpty else { return }
    var start = 0
    let bytes = state.value.bytes
    while start < bytes.count {
      let written = unsafe bytes.withUnsafeBytes {
        unsafe write(descriptor, $0.baseAddress! + start, bytes.count - start)
      }
      guard written > 0 || errno == EINTR || errno == EAGAIN else { break }
      start += max(0, written)
    }
    state.value.bytes.removeAll(keepingCapacity: true)
  }
}
