internal import EventLoop
internal import FunctionKit
internal import Runtime

/// A background step that runs again and again: at once while there is work, soon after a poke, and now and then in any
/// case, because a poke can be lost with the process that meant to send it.
final class Poller: Sendable {
  enum Next: Sendable {
    /// There is more to do now.
    case again
    /// Something waits for somebody else, for a few milliseconds.
    case soon
    case idle
  }

  private let name: String
  private let services: HostServices
  private let step: @Sendable () async throws -> Next
  private let state: LoopLocal<State>
  private let timer: LoopTimer
  private static let pollInterval: UInt64 = 500
  /// The first wait for somebody else; it doubles while nothing changes.
  private static let shortWait: UInt64 = 3

  private struct State {
    var isRunning = false
    var isPoked = false
    var isWaiting = false
    var isStopped = true
    var failures = 0
    var waits = 0
    var stopWaiters: [CheckedContinuation<Void, Never>] = []
  }

  init(name: String, services: HostServices, step: @escaping @Sendable () async throws -> Next) {
    self.name = name
    self.services = services
    self.step = step
    state = LoopLocal(services.loop, State())
    timer = LoopTimer(services.loop)
  }

  var isStopped: Bool { state.value.isStopped }

  func start() {
    state.value.isStopped = false
    poke()
  }

  /// There is news.
  func poke() {
    state.value.waits = 0
    if state.value.isRunning { state.value.isPoked = true } else { begin() }
  }

  /// Something waits for somebody else: looks again in a few milliseconds, and less and less often.
  func pokeSoon() {
    if state.value.isRunning { state.value.isWaiting = true } else { schedule(.soon) }
  }

  private func begin() {
    guard !state.value.isStopped, !state.value.isRunning else { return }
    state.value.isRunning = true
    state.value.isPoked = false
    state.value.isWaiting = false
    timer.stop()
    Task(executorPreference: services.loop) { await self.run() }
  }

  func stop() async {
    state.value.isStopped = true
    timer.close()
    guard state.value.isRunning else { return }
    await withCheckedContinuation { state.value.stopWaiters.append($0) }
  }

  private func run() async {
    let next: Next
    do {
      next = try await step()
      if state.value.failures > 0 { services.log.host(.info, "the \(name) works again") }
      state.value.failures = 0
    } catch {
      next = .idle
      state.value.failures += 1
      if state.value.failures == 1 { services.log.host(.error, "the \(name) failed and is repeated: \(error)") }
    }
    state.value.isRunning = false
    if state.value.isStopped {
      for waiter in state.value.stopWaiters { waiter.resume() }
      return state.value.stopWaiters.removeAll()
    }
    schedule(next)
  }

  private func schedule(_ next: Next) {
    if case .again = next { return poke() }
    if state.value.isPoked, state.value.failures == 0 { return begin() }
    var delay = Poller.pollInterval
    if case .soon = next { state.value.isWaiting = true }
    if state.value.isWaiting {
      delay = min(delay, Poller.shortWait << UInt64(min(state.value.waits, 8)))
      state.value.waits += 1
    }
    timer.start(after: delay) { [weak self] in self?.begin() }
  }
}
