import EventLoop
import Glibc

/// SIGTERM and SIGINT: the first asks to stop, the second ends the program at once.
final class StopSignals: Sendable {
  private let state: LoopLocal<State>

  private struct State {
    var isAsked = false
    var waiter: CheckedContinuation<Void, Never>?
    var sources: [SignalSource] = []
  }

  init(_ loop: EventLoop) throws {
    state = LoopLocal(loop, State())
    for number in [SIGTERM, SIGINT] {
      let source = try SignalSource(loop, signal: number) { [weak self] in self?.asked() }
      state.value.sources.append(source)
    }
  }

  var isAsked: Bool { state.value.isAsked }

  func wait() async {
    if state.value.isAsked { return }
    await withCheckedContinuation { state.value.waiter = $0 }
  }

  func close() { for source in state.value.sources { source.close() } }

  private func asked() {
    if state.value.isAsked { exit(130) }
    state.value.isAsked = true
    state.value.waiter?.resume()
    state.value.waiter = nil
  }
}
