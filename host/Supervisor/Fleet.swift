import EventLoop
import FunctionKit
import Glibc
import Manifest
import Runtime

/// Every worker process there is: it starts them, listens to them, replaces what ends and lets go of what is not needed.
final class Fleet: Sendable {
  let settings: Settings
  let loop: EventLoop
  let log: HostLog
  let sockets: Sockets
  let watcher: ChildWatcher
  let crashes: Crashes
  /// Where workers' own sockets are.
  let socketDirectory: SocketDirectory
  let state: LoopLocal<State>

  struct State {
    /// The generation that is to serve.
    var current: Generation?
    var workers: [WorkerHandle] = []
    var lastID = 0
    var backoff = RestartBackoff()
    var postgres = ""
    var clockShift: Int64 = 0
    var isStopping = false
    var onEmpty: [CheckedContinuation<Void, Never>] = []
  }

  init(
    _ settings: Settings, _ loop: EventLoop, log: HostLog, crashes: Crashes, adopting left: SupervisorHandover?
  ) throws {
    self.settings = settings
    self.loop = loop
    self.log = log
    self.crashes = crashes
    sockets = Sockets(loop)
    watcher = try ChildWatcher(loop)
    socketDirectory =
      try left.map { SocketDirectory(settings, adopting: $0.socketFolder) } ?? SocketDirectory(settings)
    state = LoopLocal(loop, State())
  }

  var workers: [WorkerHandle] { state.value.workers }

  // MARK: A generation's way

  /// Starts a generation's workers and waits until all have found everything in order.
  /// - Throws: ``Refusal`` with the mistakes; none of them is left then.
  func load(_ generation: Generation) async throws -> [WorkerHandle] {
    var started: [WorkerHandle] = []
    do {
      for _ in 0..<generation.strength(settings) { started.append(try start(generation)) }
      for worker in started { try await worker.reach(.loaded) }
    } catch {
      discard(started)
      throw error
    }
    return started
  }

  func warm(_ workers: [WorkerHandle]) async throws {
    for worker in workers { worker.send(.warm(postgres: state.value.postgres)) }
    for worker in workers { try await worker.reach(.warm) }
  }

  func serve(_ workers: [WorkerHandle]) async throws {
    for worker in workers { worker.send(.serve) }
    for worker in workers { try await worker.reach(.serving) }
  }

  /// Ends workers that have never served.
  func discard(_ workers: [WorkerHandle]) { for worker in workers { worker.kill(SIGKILL) } }

  /// From now on the generation is the one whose workers are replaced; all others drain.
  func makeCurrent(_ generation: Generation) {
    state.value.current = generation
    for worker in workers where worker.generation != generation.number { drain(worker) }
  }

  func drain(_ worker: WorkerHandle, within bound: Duration? = nil) {
    let bound = bound ?? state.value.current?.host.drain ?? .seconds(10)
    worker.drain(within: bound)
    let force = LoopTimer(loop)
    force.start(after: (bound + .seconds(35)).milliseconds) {
      worker.kill(SIGKILL)
      force.close()
    }
  }

  // MARK: One worker's way

  /// A worker in the place of one that ended or is about to.
  func replace(after milliseconds: UInt64 = 0) {
    guard let generation = state.value.current, !state.value.isStopping else { return }
    Task(executorPreference: loop) {
      do {
        if milliseconds > 0 { try await self.loop.sleep(for: .milliseconds(Int64(milliseconds))) }
        guard self.state.value.current?.number == generation.number, !self.state.value.isStopping else { return }
        let worker = try self.start(generation)
        try await worker.reach(.loaded)
        try await self.warm([worker])
        try await self.serve([worker])
      } catch {
        self.log.host(.error, "a worker could not be replaced: \(error)")
      }
    }
  }

  private func start(_ generation: Generation) throws -> WorkerHandle {
    state.value.lastID += 1
    let (worker, stream) = try launch(generation, id: state.value.lastID)
    take(worker, stream)
    return worker
  }

  /// Looks after the worker from now on.
  func take(_ worker: WorkerHandle, _ stream: Stream) {
    state.value.workers.append(worker)
    worker.listen(on: stream) { [weak self, weak worker] crash in
      guard let self, let worker else { return }
      self.crashed(worker, crash)
    }
    watcher.watch(worker.processID) { [weak self] status, signal in self?.ended(worker, status, signal) }
  }

  /// The worker answers what is left and drains by itself; its place is taken at once.
  private func crashed(_ worker: WorkerHandle, _ function: CrashedFunction) {
    let wasServing = worker.phase == .serving && worker.generation == state.value.current?.number
    crashes.crashed(function)
    drain(worker, within: .seconds(2))
    if wasServing { replace() }
  }

  private func ended(_ worker: WorkerHandle, _ status: Int, _ signal: Int32) {
    let (phase, served) = (worker.phase, loop.now - worker.since)
    worker.ended()
    socketDirectory.remove(worker.socket)
    state.value.workers.removeAll { $0 === worker }
    if workers.isEmpty { emptied() }
    guard phase < .draining, worker.generation == state.value.current?.number, !state.value.isStopping else { return }
    let how = signal == 0 ? "with exit status \(status)" : "by signal \(signal)"
    log.host(.error, "worker \(worker.id) (process \(worker.processID)) ended \(how) and is replaced")
    replace(after: state.value.backoff.pause(afterServing: phase == .serving ? served : 0))
  }

  // MARK: The end

  /// Lets all workers finish what runs, and waits for their ends.
  func stop(within bound: Duration) async {
    state.value.isStopping = true
    for worker in workers { worker.phase < .serving ? worker.kill(SIGKILL) : drain(worker, within: bound) }
    if !workers.isEmpty { await withCheckedContinuation { state.value.onEmpty.append($0) } }
    watcher.close()
    sockets.close()
    socketDirectory.close()
  }

  private func emptied() {
    let waiting = state.value.onEmpty
    state.value.onEmpty = []
    for continuation in waiting { continuation.resume() }
  }

  /// Development's clock has been moved: all workers go by it.
  func moveClock(by shift: Duration) {
    state.value.clockShift = shift.microseconds
    tell(.clock(shift: shift.microseconds))
  }

  func tell(_ command: WorkerCommand) { for worker in workers where worker.phase < .draining { worker.send(command) } }
}
