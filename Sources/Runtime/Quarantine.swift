internal import EventLoop
public import FunctionKit
internal import Manifest

/// The functions that this worker must not run, because they have crashed again and again: what they are given waits.
///
/// The host decides for all workers alike and says so as a whole, so that a worker can't be left with half of it.
public final class Quarantine: Sendable {
  /// A function by the names that a person knows it by.
  public struct Entry: Sendable, Hashable {
    public let bundle: String
    public let function: String

    public init(bundle: String, function: String) {
      self.bundle = bundle
      self.function = function
    }
  }

  private let state: LoopLocal<State>

  private struct State {
    var entries: Set<Entry> = []
    var listeners: [@Sendable () -> Void] = []
  }

  init(_ loop: EventLoop) { state = LoopLocal(loop, State()) }

  /// Replaces the whole; what waited for a function that is not among them any more goes on at once.
  public func set(_ entries: Set<Entry>) {
    guard entries != state.value.entries else { return }
    state.value.entries = entries
    for listener in state.value.listeners { listener() }
  }

  public func holds(_ function: LoadedFunction) -> Bool {
    !state.value.entries.isEmpty
      && state.value.entries.contains(Entry(bundle: function.bundle.name, function: function.name))
  }

  /// - Parameter listener: called after each change.
  public func onChange(_ listener: @escaping @Sendable () -> Void) { state.value.listeners.append(listener) }

  /// What a caller is told instead of an answer.
  public static func problem(of function: LoadedFunction) -> Problem {
    Problem(
      503, "function_quarantined",
      "\(function.name) is out of service because it failed repeatedly, and nothing was done. Try again in a minute; "
        + "if this goes on, tell those who run the service.", retryAfter: 60)
  }
}
