internal import EventLoop

/// The invocations that run now, so that each ends at its deadline and a stopping host knows what it waits for.
public final class InFlight: Sendable {
  private let state: LoopLocal<State>
  private let ticker: LoopTimer
  private let loop: EventLoop

  private struct State {
    var running: [Invocation] = []
    /// How many there have been.
    var begun: UInt64 = 0
    var isClosed = false
  }

  init(_ loop: EventLoop) {
    self.loop = loop
    state = LoopLocal(loop, State())
    ticker = LoopTimer(loop)
    ticker.start(after: 20, repeating: 20) { [weak self] in self?.expire() }
  }

  public var count: Int { state.value.running.count }

  func add(_ invocation: Invocation) {
    state.value.begun += 1
    invocation.number = state.value.begun
    invocation.position = state.value.running.count
    state.value.running.append(invocation)
  }

  func remove(_ invocation: Invocation) {
    let position = invocation.position
    guard position >= 0, let last = state.value.running.popLast() else { return }
    invocation.position = -1
    guard last !== invocation else { return }
    last.position = position
    state.value.running[position] = last
  }

  /// The one of that number, unless it is over.
  func invocation(_ number: UInt64) -> Invocation? { state.value.running.first { $0.number == number } }

  private func expire() {
    let now = loop.now
    for invocation in state.value.running where invocation.deadline <= now { invocation.expire() }
  }

  /// Whether the host has stopped waiting: what was cut off by that has not failed, it is repeated after the next start.
  public var isClosed: Bool { state.value.isClosed }

  /// Cuts off what still runs, and whatever starts from now on.
  public func close() {
    state.value.isClosed = true
    ticker.close()
    for invocation in state.value.running { invocation.expire() }
  }
}
