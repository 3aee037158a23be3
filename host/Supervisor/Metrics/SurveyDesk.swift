import EventLoop

/// Has a worker ask the databases what waits in them, for everybody who wants to know, and not more often than is needed.
final class SurveyDesk: Sendable {
  private let loop: EventLoop
  private let state: LoopLocal<State>
  /// Milliseconds for which an answer does.
  private static let fresh: UInt64 = 5000
  /// Milliseconds after which it says nothing any more.
  private static let stale: UInt64 = 60_000
  /// Milliseconds that nobody waits longer than.
  private static let patience: UInt64 = 1500

  private struct State {
    var latest: (survey: Survey, at: UInt64)?
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  init(_ loop: EventLoop) {
    self.loop = loop
    state = LoopLocal(loop, State())
  }

  func told(_ survey: Survey) {
    state.value.latest = (survey, loop.now)
    release()
  }

  /// What is known now. An answer that is late is there for the next who asks.
  /// - Parameter worker: who is asked; nil when there is nobody.
  func latest(asking worker: WorkerHandle?) async -> Survey? {
    if let worker, known(within: SurveyDesk.fresh) == nil { await ask(worker) }
    return known(within: SurveyDesk.stale)
  }

  private func known(within age: UInt64) -> Survey? {
    state.value.latest.flatMap { loop.now - $0.at <= age ? $0.survey : nil }
  }

  private func ask(_ worker: WorkerHandle) async {
    let timer = LoopTimer(loop)
    timer.start(after: SurveyDesk.patience) { [self] in release() }
    await withCheckedContinuation { done in
      if state.value.waiting.isEmpty { worker.send(.survey) }
      state.value.waiting.append(done)
    }
    timer.close()
  }

  private func release() {
    let waiting = state.value.waiting
    state.value.waiting = []
    for done in waiting { done.resume() }
  }
}
