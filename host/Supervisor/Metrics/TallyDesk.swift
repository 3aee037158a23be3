import EventLoop

/// Asks the workers what they have counted.
final class TallyDesk: Sendable {
  private let loop: EventLoop
  private let state: LoopLocal<State>

  private struct State {
    var ledger = TallyLedger()
    var rounds: [Int: Round] = [:]
    var lastRound = 0
  }

  /// The workers that somebody still waits for.
  private struct Round {
    var workers: Set<Int>
    var done: CheckedContinuation<Void, Never>
  }

  init(_ loop: EventLoop) {
    self.loop = loop
    state = LoopLocal(loop, State())
  }

  func told(_ counts: WorkerCounts, by worker: Int) {
    state.value.ledger.told(counts, by: worker)
    release(worker)
  }

  func workerEnded(_ worker: Int) {
    state.value.ledger.workerEnded(worker)
    release(worker)
  }

  /// The sums as of now. A worker whose loop hangs counts with what it told last: no scrape waits longer than a second.
  func sums(of workers: [WorkerHandle]) async -> WorkerCounts {
    let asked = workers.filter { (.warm ..< .ended).contains($0.phase) }
    if !asked.isEmpty {
      let timer = LoopTimer(loop)
      await withCheckedContinuation { done in begin(asked, done, timer) }
      timer.close()
    }
    return state.value.ledger.sums
  }

  private func begin(_ workers: [WorkerHandle], _ done: CheckedContinuation<Void, Never>, _ timer: LoopTimer) {
    state.value.lastRound += 1
    let round = state.value.lastRound
    state.value.rounds[round] = Round(workers: Set(workers.map(\.id)), done: done)
    timer.start(after: 1000) { [self] in state.value.rounds.removeValue(forKey: round)?.done.resume() }
    for worker in workers { worker.send(.count) }
  }

  private func release(_ worker: Int) {
    for number in Array(state.value.rounds.keys) {
      state.value.rounds[number]?.workers.remove(worker)
      guard state.value.rounds[number]?.workers.isEmpty == true else { continue }
      state.value.rounds.removeValue(forKey: number)?.done.resume()
    }
  }
}
