import CrashReport
import EventLoop
import FunctionKit
import Glibc
import Runtime

/// A worker as its supervisor sees it.
final class WorkerHandle: Sendable {
  enum Phase: Int, Sendable, Comparable {
    case starting, loaded, warm, serving, draining, ended

    static func < (one: Phase, other: Phase) -> Bool { one.rawValue < other.rawValue }
  }

  let id: Int
  let generation: Int
  let role: WorkerRole
  let processID: Int32
  let socket: String
  private let loop: EventLoop
  private let state: LoopLocal<State>

  private struct State {
    var phase = Phase.starting
    /// Milliseconds of the loop's clock, at which the phase began.
    var since: UInt64
    var resident = 0
    var heard: UInt64
    /// Why it can't run.
    var refusal: Refusal?
    /// `with exit status 1`, once it has ended.
    var end: String?
    var channel: ControlChannel<WorkerReport, WorkerCommand>?
    var waiting: [CheckedContinuation<Void, Never>] = []
    var isSuspected = false
    var isSpare = false
    var modules = LoadedModules(maps: "")
    var crashLog: CrashLog?
    /// Whether nothing more can be heard of it.
    var isSilent = false
    var onSilence: (@Sendable () -> Void)?
  }

  init(_ order: WorkerOrder, processID: Int32, _ loop: EventLoop) {
    id = order.id
    generation = order.generation
    role = order.role
    socket = order.socket
    self.processID = processID
    self.loop = loop
    state = LoopLocal(loop, State(since: loop.now, heard: loop.now))
  }

  /// One that the program before has left.
  init(adopting worker: SupervisorHandover.Worker, _ loop: EventLoop) {
    id = worker.id
    generation = worker.generation
    role = worker.role
    socket = worker.socket
    processID = worker.processID
    self.loop = loop
    state = LoopLocal(loop, State(phase: worker.isServing ? .serving : .draining, since: loop.now, heard: loop.now))
    readModules()
  }

  /// What the program that takes this one's place is to keep; nil when the worker has gone.
  var handedOver: SupervisorHandover.Worker? {
    guard let control = state.value.channel?.descriptor, let reports = state.value.crashLog?.descriptor else {
      return nil
    }
    return SupervisorHandover.Worker(
      id: id, generation: generation, role: role, processID: processID, socket: socket, control: control,
      reports: reports, isServing: phase == .serving)
  }

  /// Whose last words are read from now on.
  func keep(_ crashLog: CrashLog) { state.value.crashLog = crashLog }

  var phase: Phase { state.value.phase }
  var since: UInt64 { state.value.since }
  var resident: Int { state.value.resident }
  /// Milliseconds for which nothing has been heard of it.
  var silence: UInt64 { loop.now - state.value.heard }
  /// Whether its silence has been noticed already.
  var isSuspected: Bool {
    get { state.value.isSuspected }
    set { state.value.isSuspected = newValue }
  }

  /// Whether it waits for the place of another.
  var isSpare: Bool {
    get { state.value.isSpare }
    set { state.value.isSpare = newValue }
  }

  /// Why it could not go on, where it could still say so.
  var refusal: Refusal? { state.value.refusal }

  /// The files that it has in memory.
  var modules: LoadedModules { state.value.modules }

  /// Listens to the worker from now on.
  func listen(
    on stream: Stream, onCrash: @escaping @Sendable (CrashedFunction) -> Void,
    onNews: @escaping @Sendable (News) -> Void, onCount: @escaping @Sendable (WorkerCounts) -> Void,
    onSurvey: @escaping @Sendable (Survey) -> Void
  ) {
    state.value.channel = ControlChannel(loop, stream) { [weak self] report in
      switch report {
      case .counted(let counts): onCount(counts)
      case .surveyed(let survey): onSurvey(survey)
      default: self?.heard(report, onCrash, onNews)
      }
    }
    stream.whenClosed { [weak self] in self?.fellSilent() }
  }

  private func fellSilent() {
    state.value.isSilent = true
    state.value.onSilence?()
    state.value.onSilence = nil
  }

  /// Calls when all that the worker has said is known: its process may be seen to end before its reason is read.
  func afterLastWords(_ body: @escaping @Sendable () -> Void) {
    if state.value.isSilent { body() } else { state.value.onSilence = body }
  }

  func send(_ command: WorkerCommand) { state.value.channel?.send(command) }

  func kill(_ signal: Int32) { if phase < .ended { _ = Glibc.kill(processID, signal) } }

  /// Takes nothing new and ends within the bound; after that it is ended by force.
  func drain(within bound: Duration, handsOver: Bool) {
    guard phase < .draining else { return }
    move(to: .draining)
    send(.drain(milliseconds: bound.milliseconds, handsOver: handsOver))
  }

  private func heard(
    _ report: WorkerReport, _ onCrash: @Sendable (CrashedFunction) -> Void, _ onNews: @Sendable (News) -> Void
  ) {
    state.value.heard = loop.now
    switch report {
    case .loaded:
      readModules()
      move(to: .loaded)
    case .warm: move(to: .warm)
    case .serving: move(to: .serving)
    case .pong(let resident): state.value.resident = resident
    case .refused(let why, let code): state.value.refusal = Refusal(why, exitCode: code)
    case .crashed(let function): onCrash(function)
    case .news(let news): onNews(news)
    case .drained, .counted, .surveyed: break
    }
  }

  private func readModules() {
    let maps = (try? fileContents("/proc/\(processID)/maps")) ?? []
    state.value.modules = LoadedModules(maps: String(decoding: maps, as: UTF8.self))
  }

  /// The process has ended.
  /// - Parameter how: `with exit status 1`.
  func ended(_ how: String) {
    state.value.end = how
    state.value.channel?.close()
    move(to: .ended)
  }

  private func move(to phase: Phase) {
    guard phase > state.value.phase else { return }
    (state.value.phase, state.value.since) = (phase, loop.now)
    state.value.heard = loop.now
    let waiting = state.value.waiting
    state.value.waiting = []
    for continuation in waiting { continuation.resume() }
  }

  /// Waits until the worker has come so far.
  /// - Throws: ``Refusal`` when it ends before, with its own reason where it gave one.
  func reach(_ phase: Phase) async throws {
    while self.phase < phase {
      await withCheckedContinuation { state.value.waiting.append($0) }
    }
    guard self.phase >= .draining, phase < .draining else { return }
    throw refusal ?? Refusal("worker \(id) (process \(processID)) \(reasonOfEnd)", exitCode: 1)
  }

  private var reasonOfEnd: String {
    guard let end = state.value.end else { return "was told to end before it was ready" }
    return "ended \(end) before it was ready; its log lines say why"
  }
}
