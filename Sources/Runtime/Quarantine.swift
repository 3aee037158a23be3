internal import EventLoop
public import FunctionKit
internal import Manifest

/// The functions that must not run, because they have crashed again and again.
///
/// An endpoint in quarantine answers 503, events and webhook deliveries wait in the inbox, and ticks wait to be decided.
public final class Quarantine: Sendable {
  private let state: LoopLocal<State>

  private struct State {
    /// As `bundle/Function`.
    var names: Set<String> = []
    var onChange: [@Sendable () -> Void] = []
  }

  init(_ loop: EventLoop) { state = LoopLocal(loop, State()) }

  /// Replaces all of them.
  /// - Parameter names: as `bundle/Function`.
  public func set(_ names: Set<String>) {
    guard names != state.value.names else { return }
    state.value.names = names
    for tell in state.value.onChange { tell() }
  }

  /// Calls the body whenever functions come in or out.
  public func onChange(_ body: @escaping @Sendable () -> Void) { state.value.onChange.append(body) }

  public func contains(_ function: LoadedFunction) -> Bool {
    !state.value.names.isEmpty && state.value.names.contains("\(function.bundle.name)/\(function.name)")
  }

  /// - Throws: ``Problem`` 503 for a function that must not run.
  public func check(_ function: LoadedFunction) throws(Problem) {
    guard contains(function) else { return }
    throw Problem(
      503, "function_quarantined",
      "\(function.bundle.name)/\(function.name) has crashed repeatedly and does not run until an operator lifts its "
        + "quarantine or deploys another release.", retryAfter: 30)
  }
}
