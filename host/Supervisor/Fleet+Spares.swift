import EventLoop
import FunctionKit
import Runtime

/// A worker of each kind is kept ready, with its databases open, so that the place of one that ends is taken at once.
extension Fleet {
  /// Has a worker serve in the place of one that ended or is about to.
  /// - Parameter milliseconds: how long the next one is waited with, where workers end again and again.
  func replace(_ role: WorkerRole, after milliseconds: UInt64 = 0) {
    state.value.missing[role, default: 0] += 1
    guard let spare = workers.first(where: { $0.isSpare && $0.phase == .warm && isCurrent($0, role) }) else {
      return prepareSpare(role, after: milliseconds)
    }
    put(spare)
    // The processors are for the one that takes over; the next spare can wait.
    Task(executorPreference: loop) {
      try? await spare.reach(.serving)
      self.prepareSpare(role, after: milliseconds)
    }
  }

  /// Starts one more worker. Once it is ready it takes the place of one that is missing, or waits for that to happen.
  func prepareSpare(_ role: WorkerRole, after milliseconds: UInt64 = 0) {
    guard let number = state.value.current?.number else { return }
    Task(executorPreference: loop) {
      if milliseconds > 0 { try? await self.loop.sleep(for: .milliseconds(Int64(milliseconds))) }
      guard let generation = self.state.value.current, generation.number == number, !self.state.value.isStopping,
        let group = generation.group(role)
      else { return }
      self.prepareSpare(generation, group)
    }
  }

  private func prepareSpare(_ generation: Generation, _ group: WorkerGroup) {
    do {
      let spare = try start(generation, group, isSpare: true)
      // One that ends before it is ready is replaced as any other.
      Task(executorPreference: loop) { try? await self.bringUp(spare) }
    } catch {
      log.host(.error, "a worker could not be started and is tried again in a second: \(error)")
      prepareSpare(group.role, after: 1000)
    }
  }

  private func bringUp(_ spare: WorkerHandle) async throws {
    try await spare.reach(.loaded)
    try await warm([spare])
    spare.send(.prepare)
    let mayWait = state.value.current?.group(spare.role)?.hasSpare ?? false
    if state.value.missing[spare.role, default: 0] > 0 { put(spare) } else if !mayWait { drain(spare) }
  }

  /// Has a worker that is ready serve.
  private func put(_ spare: WorkerHandle) {
    state.value.missing[spare.role, default: 0] -= 1
    spare.isSpare = false
    spare.send(.serve)
  }

  private func isCurrent(_ worker: WorkerHandle, _ role: WorkerRole) -> Bool {
    worker.role == role && worker.generation == state.value.current?.number
  }
}
