public import EventLoop
internal import FunctionKit
public import Manifest

/// One JSON line for each request that the policy takes, written at the end of a turn. A reader that can't keep up makes
/// nobody wait: it misses lines, and is told how many.
public final class AccessLog: Sendable {
  /// Milliseconds until a reader that takes nothing is tried again.
  private static let pause: UInt64 = 20

  private let outlet: Outlet
  private let timer: LoopTimer
  private let state: LoopLocal<State>

  private struct State {
    var policy: AccessPolicy
    var lines = AccessLines()
    var isWaiting = false
  }

  /// - Returns: nil for a policy that takes none.
  public init?(_ loop: EventLoop, _ policy: AccessLogPolicy, descriptor: Int32 = 1) {
    guard policy != .off else { return nil }
    outlet = Outlet(descriptor)
    timer = LoopTimer(loop)
    state = LoopLocal(loop, State(policy: AccessPolicy(policy)))
    loop.onTurnEnd { [weak self] in self?.flush() }
  }

  deinit { timer.close() }

  func takes(_ status: Int) -> Bool { state.value.policy.takes(status) }

  func add(_ line: AccessLine) { state.value.lines.add(line.bytes) }

  /// Writes what can be written at once.
  public func flush() {
    guard !state.value.isWaiting else { return }
    while let lines = state.value.lines.next() {
      switch outlet.write(lines) {
      case true: state.value.lines.wrote(lines.count)
      case nil: state.value.lines.lose()
      default: return wait()
      }
    }
  }

  private func wait() {
    state.value.isWaiting = true
    timer.start(after: AccessLog.pause) { [weak self] in
      self?.state.value.isWaiting = false
      self?.flush()
    }
  }
}

/// Decides which requests have a line.
struct AccessPolicy {
  private let policy: AccessLogPolicy
  /// Hundredths of a line that are due.
  private var due = 0

  init(_ policy: AccessLogPolicy) { self.policy = policy }

  mutating func takes(_ status: Int) -> Bool {
    switch policy {
    case .off: return false
    case .all: return true
    case .errors: return status >= 400
    case .sampled(let percent):
      if status >= 400 { return true }
      due += percent
      guard due >= 100 else { return false }
      due -= 100
      return true
    }
  }
}
