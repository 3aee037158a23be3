import EventLoop
import FunctionKit
import Gateway
import Glibc
import HTTPClient
import HTTPServer
import Manifest
import Runtime
import Telemetry

/// A worker from its order to its end: it loads and checks, then does what its supervisor says, step by step.
final class WorkerProcess: Sendable {
  private let order: WorkerOrder
  private let settings: Settings
  private let plan: Plan
  private let loop: EventLoop
  private let services: HostServices
  private let client: HTTPClient
  private let state: LoopLocal<State>

  private struct State {
    var channel: ControlChannel<WorkerCommand, WorkerReport>?
    var worker: Worker?
    var isDraining = false
  }

  init(_ order: WorkerOrder, _ settings: Settings, _ plan: Plan, _ loop: EventLoop) throws {
    self.order = order
    self.settings = settings
    self.plan = plan
    self.loop = loop
    state = LoopLocal(loop, State())
    let reach = Reach(settings, plan, order.role)
    client = try HTTPClient(loop: loop, allowedOrigins: reach.origins)
    let clock = HostClock(shift: .microseconds(order.clockShift))
    let log = HostLog(loop, clock: clock, isJSON: settings.logsJSON)
    let tracer = try TraceSettings(settings, plan.host).tracer(loop, log)
    services = reach.services(loop, clock, log, client, tracer)
  }

  /// Begins to listen to the supervisor. When that is gone, the worker finishes what runs and ends.
  func start() throws {
    services.quarantine.set(entries(order.quarantined))
    let stream = try Stream(loop, descriptor: Descriptors.control)
    state.value.channel = ControlChannel(loop, stream) { [self] in
      obey($0)
    } onEnd: { [self] in
      drain(within: .seconds(10), handsOver: false)
    }
    contain()
    report(.loaded)
  }

  /// A function that traps is answered for; then this process finishes what others have begun, and makes room for one
  /// whose memory no trap has seen.
  private func contain() {
    _ = CrashContainment(services: services) { [self] crash in
      report(
        .crashed(
          CrashedFunction(
            bundle: crash.bundle, function: crash.function, release: crash.release ?? "unknown",
            requestID: crash.requestID)))
      drain(within: .seconds(2), handsOver: true)
    }
  }

  private func obey(_ command: WorkerCommand) {
    switch command {
    case .warm(let postgres): attempt(then: .warm) { try await self.warm(postgres) }
    // What fails here is tried again, and told, when it serves.
    case .prepare: Task(executorPreference: loop) { try? await self.state.value.worker?.prepare() }
    case .serve: attempt(then: .serving) { try await self.serve() }
    case .drain(let milliseconds, let handsOver):
      drain(within: .milliseconds(Int64(milliseconds)), handsOver: handsOver)
    case .ping: report(.pong(resident: residentBytes()))
    case .count: report(.counted(state.value.worker?.counts ?? WorkerCounts()))
    case .survey:
      Task(executorPreference: loop) {
        if let survey = await self.state.value.worker?.survey() { self.report(.surveyed(survey)) }
      }
    case .quarantine(let functions): services.quarantine.set(entries(functions))
    case .rest: Task(executorPreference: loop) { await self.state.value.worker?.rest() }
    case .news(let news): state.value.worker?.hear(news)
    case .clock(let shift): services.clock.advance(by: .microseconds(shift) - services.clock.shift)
    }
  }

  private func warm(_ postgres: String) async throws {
    let remotes = try Remotes(order, plan, settings, loop)
    let worker = Worker(
      Cast(order.role, plan), remotes, root: order.root, host: plan.host, services: services,
      keys: TrustKeys(plan.secrets, tokens: try TokenRules(plan)), tls: plan.tls, redis: try settings.redis,
      databases: Databases(settings: settings, loop: loop, socketDirectory: postgres)
    ) { [self] in report(.news($0)) }
    state.value.worker = worker
    try await worker.warm()
  }

  private func serve() async throws {
    try await state.value.worker?.serve(order.listeners, at: order.socket, limits: Limits(plan.host.limits))
  }

  private func attempt(then done: WorkerReport, _ work: @escaping @Sendable () async throws -> Void) {
    Task(executorPreference: loop) {
      do {
        try await work()
        self.report(done)
      } catch {
        self.report(.refused(why: "\(error)", exitCode: 1))
        self.drain(within: .zero, handsOver: false, status: 1)
      }
    }
  }

  /// Ends the process. A host can be killed at any moment, but one that does not end helps nobody: it has a bound.
  private func drain(within bound: Duration, handsOver: Bool, status: Int32 = 0) {
    guard !state.value.isDraining else { return }
    state.value.isDraining = true
    let last = LoopTimer(loop)
    last.start(after: (bound + .seconds(30)).milliseconds) { [services] in
      services.log.host(.error, "worker \(self.order.id) could not stop in time and ends at once")
      services.log.flush()
      exit(1)
    }
    Task(executorPreference: loop) {
      await self.state.value.worker?.stop(within: bound, handsOver: handsOver)
      await self.services.tracer?.stop(within: .seconds(2))
      self.client.close()
      if let worker = self.state.value.worker { self.report(.counted(worker.counts)) }
      self.report(.drained)
      self.services.log.flush()
      exit(status)
    }
  }

  /// - Parameter names: as `bundle/Function`.
  private func entries(_ names: [String]) -> Set<Runtime.Quarantine.Entry> {
    Set(
      names.map { name in
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        return Runtime.Quarantine.Entry(bundle: parts.first ?? "", function: parts.last ?? "")
      })
  }

  private func report(_ report: WorkerReport) { state.value.channel?.send(report) }
}
