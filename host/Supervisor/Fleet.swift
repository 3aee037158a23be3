import EventLoop
import FunctionKit
import Glibc
import Manifest
import RateLimits
import Runtime

/// Every worker process there is: it starts them, listens to them, replaces what ends and lets go of what is not needed.
final class Fleet: Sendable {
  let settings: Settings
  let loop: EventLoop
  let log: HostLog
  let sockets: Sockets
  let watcher: ChildWatcher
  let crashes: Crashes
  let tallies: TallyDesk
  let surveys: SurveyDesk
  let replacements: Replacements
  /// Where workers' own sockets are.
  let socketDirectory: SocketDirectory
  /// By which workers hand connections to each other.
  let handover: (sending: Descriptor, receiving: Descriptor)
  /// What workers count requests in together.
  let rateLimits: RateTableFile
  let state: LoopLocal<State>

  struct State {
    /// The generation that is to serve.
    var current: Generation?
    var workers: [WorkerHandle] = []
    var lastID = 0
    var backoffs: [WorkerRole: RestartBackoff] = [:]
    /// How many workers are to serve as soon as they are ready.
    var missing: [WorkerRole: Int] = [:]
    /// The sockets at which workers listen that others hand requests to, by their paths.
    var groupSockets: [String: BoundSocket] = [:]
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
    tallies = TallyDesk(loop)
    surveys = SurveyDesk(loop)
    replacements = Replacements(loop)
    sockets = Sockets(loop)
    watcher = try ChildWatcher(loop)
    socketDirectory =
      try left.map { SocketDirectory(settings, adopting: $0.socketFolder) } ?? SocketDirectory(settings)
    handover =
      try left.map { (Descriptor(owning: $0.handover[0]), Descriptor(owning: $0.handover[1])) }
      ?? DescriptorChannel.ends()
    rateLimits = try left?.rateLimits.flatMap { RateTableFile(adopting: $0) } ?? RateTableFile()
    state = LoopLocal(loop, State())
  }

  var workers: [WorkerHandle] { state.value.workers }

  // MARK: A generation's way

  /// Starts a generation's workers, those that others hand requests to included, and waits until all have found everything in order.
  /// - Throws: ``Refusal`` with the mistakes; none of them is left then.
  func load(_ generation: Generation) async throws -> [WorkerHandle] {
    var started: [WorkerHandle] = []
    do {
      for group in generation.groups {
        for _ in 0..<group.strength { started.append(try start(generation, group)) }
      }
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

  /// Who gets requests handed serves before those who hand them on.
  func serve(_ workers: [WorkerHandle]) async throws {
    let (front, others) = (workers.filter { $0.role == .front }, workers.filter { $0.role != .front })
    for part in [others, front] {
      for worker in part { worker.send(.serve) }
      for worker in part { try await worker.reach(.serving) }
    }
  }

  /// Ends workers of a deployment that did not come to be. Those that serve already answer what they have begun.
  func discard(_ workers: [WorkerHandle]) {
    for worker in workers { worker.phase == .serving ? drain(worker) : worker.kill(SIGKILL) }
  }

  /// From now on the generation is the one whose workers are replaced; all others drain.
  func makeCurrent(_ generation: Generation) {
    state.value.current = generation
    letGo(within: generation.host.drain)
    fillUp(generation)
  }

  /// Drains what is not needed any more. Workers that others hand requests to go after those, and begin nothing new.
  func letGo(within bound: Duration) {
    // Those of a later generation have their time still to come.
    let leaving = workers.filter { state.value.isStopping || $0.generation < state.value.current?.number ?? 0 }
    for worker in leaving where worker.role == .front { drain(worker, within: bound) }
    let handing = Set(workers.filter { $0.role == .front }.map(\.generation))
    for worker in leaving where worker.role != .front {
      if handing.contains(worker.generation) { worker.send(.rest) } else { drain(worker, within: bound) }
    }
  }

  func drain(_ worker: WorkerHandle, within bound: Duration? = nil) {
    guard worker.phase < .draining else { return }
    let bound = bound ?? state.value.current?.host.drain ?? .seconds(10)
    worker.drain(within: bound, handsOver: !state.value.isStopping)
    let force = LoopTimer(loop)
    force.start(after: (bound + .seconds(35)).milliseconds) {
      worker.kill(SIGKILL)
      force.close()
    }
  }

  // MARK: One worker's way

  func start(_ generation: Generation, _ group: WorkerGroup, isSpare: Bool = false) throws -> WorkerHandle {
    state.value.lastID += 1
    let (worker, stream) = try launch(generation, group, id: state.value.lastID)
    worker.isSpare = isSpare
    take(worker, stream)
    return worker
  }

  /// Looks after the worker from now on.
  func take(_ worker: WorkerHandle, _ stream: Stream) {
    state.value.workers.append(worker)
    worker.listen(on: stream) { [weak self, weak worker] crash in
      guard let self, let worker else { return }
      self.crashed(worker, crash)
    } onNews: { [weak self] in
      self?.pass($0)
    } onCount: { [tallies, id = worker.id] in
      tallies.told($0, by: id)
    } onSurvey: { [surveys] in
      surveys.told($0)
    }
    watcher.watch(worker.processID) { [weak self] status, signal in
      guard let self else { return }
      worker.afterLastWords { self.ended(worker, status, signal) }
    }
  }

  /// The worker answers what is left and drains by itself; its place is taken at once.
  private func crashed(_ worker: WorkerHandle, _ function: CrashedFunction) {
    let wasServing = worker.phase == .serving && worker.generation == state.value.current?.number
    crashes.crashed(function, isOnTrial: worker.role.isOnTrial, isAnswered: true)
    drain(worker, within: .seconds(2))
    guard wasServing else { return }
    replacements.count(worker.role, .crash)
    replace(worker.role)
  }

  private func ended(_ worker: WorkerHandle, _ status: Int, _ signal: Int32) {
    let (phase, served) = (worker.phase, loop.now - worker.since)
    let how = signal == 0 ? "with exit status \(status)" : "by signal \(signal)"
    worker.ended(how)
    tallies.workerEnded(worker.id)
    socketDirectory.remove(worker.socket)
    state.value.workers.removeAll { $0 === worker }
    if workers.isEmpty { emptied() }
    if worker.role == .front { letGo(within: state.value.current?.host.drain ?? .seconds(10)) }
    closeGroupSockets()
    guard phase < .draining, worker.generation == state.value.current?.number, !state.value.isStopping else { return }
    let reason = worker.refusal.map { ": \($0)" } ?? ""
    log.host(.error, "worker \(worker.id) (process \(worker.processID)) ended \(how) and is replaced\(reason)")
    replacements.count(worker.role, worker.isSuspected ? .hang : .end)
    let pause = state.value.backoffs[worker.role, default: RestartBackoff()].pause(
      afterServing: phase == .serving ? served : 0)
    worker.isSpare ? prepareSpare(worker.role, after: pause) : replace(worker.role, after: pause)
  }

  // MARK: The end

  /// Lets all workers finish what runs, and waits for their ends.
  func stop(within bound: Duration) async {
    state.value.isStopping = true
    // Who connects from now on is refused at once, in place of waiting in a line that nobody serves.
    sockets.close()
    for worker in workers where worker.phase < .serving { worker.kill(SIGKILL) }
    letGo(within: bound)
    if !workers.isEmpty { await withCheckedContinuation { state.value.onEmpty.append($0) } }
    watcher.close()
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
