public import EventLoop
public import FunctionKit
private import Glibc

/// Writes one line per invocation and whatever functions log: JSON in production, readable in a terminal otherwise.
/// Lines gather during a turn of the loop and are written together at its end.
public final class HostLog: Sendable {
  private let isJSON: Bool
  private let clock: HostClock
  private let descriptor: Int32
  private let buffer: LoopLocal<[UInt8]>

  public init(_ loop: EventLoop, clock: HostClock, isJSON: Bool, descriptor: Int32 = 1) {
    self.isJSON = isJSON
    self.clock = clock
    self.descriptor = descriptor
    buffer = LoopLocal(loop, [])
    loop.onTurnEnd { [weak self] in self?.flush() }
  }

  /// The line that ends every invocation.
  public func finished(_ invocation: Invocation, outcome: String, error: String? = nil) {
    write(
      level: error == nil ? "info" : "error", of: invocation,
      message: "\(outcome) \(invocation.elapsedMilliseconds)ms", error: error)
  }

  /// A line that a function logged.
  func message(_ level: Log.Level, _ message: String, of invocation: Invocation) {
    write(level: level.rawValue, of: invocation, message: message, error: nil)
  }

  /// A line of the host itself.
  public func host(_ level: Log.Level, _ message: String) {
    if isJSON {
      line(Line(time: clock.now, level: level.rawValue, message: message))
    } else {
      text("\(timeOfDay()) \(level.rawValue) \(message)\n")
    }
  }

  private struct Line: Encodable {
    var time: Instant
    var level: String
    var bundle: String?
    var function: String?
    var request: String?
    var message: String
    var error: String?
  }

  private func write(level: String, of invocation: Invocation, message: String, error: String?) {
    let (bundle, function) = (invocation.bundle.name, invocation.function.name)
    if isJSON {
      line(
        Line(
          time: clock.now, level: level, bundle: bundle, function: function, request: invocation.requestID,
          message: message, error: error))
    } else {
      let cause = error.map { " · \($0)" } ?? ""
      text("\(timeOfDay()) \(bundle)/\(function) \(message) \(invocation.requestID)\(cause)\n")
    }
  }

  private func line(_ line: Line) {
    do {
      try encodeJSON(line, into: &buffer.value)
      buffer.value.append(UInt8(ascii: "\n"))
    } catch {
      text("a log line could not be encoded: \(error)\n")
    }
  }

  private func text(_ text: String) { buffer.value.append(contentsOf: text.utf8) }

  private func timeOfDay() -> Substring { clock.now.description.dropFirst(11).dropLast() }

  /// Writes what has gathered. A reader that can't keep up makes the host wait rather than lose lines.
  public func flush() {
    guard !buffer.value.isEmpty else { return }
    var start = 0
    let bytes = buffer.value
    while start < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress! + start, bytes.count - start) }
      guard written > 0 || errno == EINTR || errno == EAGAIN else { break }
      start += max(0, written)
    }
    buffer.value.removeAll(keepingCapacity: true)
  }
}
