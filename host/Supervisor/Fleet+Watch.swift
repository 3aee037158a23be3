import EventLoop
import FunctionKit
import Glibc
import Manifest
import Runtime

extension Fleet {
  /// Looks after the workers from now on: whose loop does not turn is ended, and who has grown too big is replaced.
  func startWatching() -> LoopTimer {
    let timer = LoopTimer(loop)
    timer.start(after: 500, repeating: 500) { [weak self] in self?.look() }
    return timer
  }

  private func look() {
    guard let host = state.value.current?.host else { return }
    for worker in workers where worker.phase < .ended && worker.phase > .starting {
      worker.send(.ping)
      if worker.silence > host.hang.milliseconds, !worker.isSuspected { suspect(worker, host.hang) }
      if worker.phase == .serving, let limit = memory(worker, host), worker.resident > limit { recycle(worker, limit) }
    }
    for worker in workers where worker.phase == .starting && worker.silence > 60_000 { worker.kill(SIGKILL) }
  }

  private func memory(_ worker: WorkerHandle, _ host: HostManifest) -> Int? {
    state.value.current?.group(worker.role)?.memory ?? host.memory
  }

  /// Asks a worker that hangs where it is, and ends it: its own loop can't be asked any more.
  private func suspect(_ worker: WorkerHandle, _ hang: Duration) {
    worker.isSuspected = true
    log.host(
      .error, "worker \(worker.id) (process \(worker.processID)): its loop has not turned for \(hang); it is replaced")
    worker.kill(SIGUSR2)
    let force = LoopTimer(loop)
    force.start(after: 250) {
      worker.kill(SIGKILL)
      force.close()
    }
  }

  /// Waits for one that takes its place. One that is too big again and again is replaced more and more seldom.
  private func recycle(_ worker: WorkerHandle, _ limit: Int) {
    guard spare(worker.role) != nil else { return }
    log.host(
      .warning,
      "worker \(worker.id) (process \(worker.processID)) has \(worker.resident >> 20) MB in memory, more than the "
        + "\(limit >> 20) MB of 'memory' in \(worker.role.bundle ?? "host").yaml; it is replaced")
    replacements.count(worker.role, .memory)
    let pause = state.value.backoffs[worker.role, default: RestartBackoff()].pause(
      afterServing: loop.now - worker.since)
    replace(worker.role, after: pause)
    drain(worker)
  }
}
