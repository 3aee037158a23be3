internal import EventLoop
internal import FunctionKit
internal import Manifest
internal import Postgres
internal import Runtime

/// One cron function and what this host knows of its runs.
final class ScheduledJob: Sendable {
  let plan: CronPlan
  let function: LoadedFunction
  let bundle: LoadedBundle
  private let runner: String
  private let services: HostServices
  private let state: LoopLocal<State>
  /// Runs of a function that go on beside each other on one host, so that it leaves others their connections.
  private static let besides = 8
  /// Between looks, so that what another host has left is found.
  private static let longestPause = Duration.seconds(30)

  private struct State {
    /// When to ask the database again; nil before the first look.
    var nextLook: Instant?
    /// The latest tick that is known to be decided.
    var decided: Instant?
    var isLooking = false
    var isStopped = false
    var running: Set<Int64> = []
    var failures = 0
    var stopWaiters: [CheckedContinuation<Void, Never>] = []
  }

  init(
    _ cron: CronManifest, _ function: LoadedFunction, _ bundle: LoadedBundle, _ services: HostServices, _ runner: String
  ) {
    plan = CronPlan(function: function.name, schedule: cron.schedule, zone: cron.zone, policy: cron.policy)
    self.function = function
    self.bundle = bundle
    self.services = services
    self.runner = runner
    state = LoopLocal(services.loop, State())
  }

  func ledger() throws -> CronLedger { CronLedger(plan: plan, pool: try bundle.requirePool()) }

  /// Looks now if it is time to; that costs no query unless something is due, or nobody has looked for half a minute. What
  /// becomes due in quarantine is looked at afterwards, as after an outage.
  func look() {
    guard !state.value.isLooking, !state.value.isStopped, !services.quarantine.holds(function) else { return }
    let now = services.clock.now
    guard isTime(now) else { return }
    state.value.isLooking = true
    state.value.nextLook = now + ScheduledJob.longestPause
    Task(executorPreference: services.loop) {
      await self.lookAround()
      self.state.value.isLooking = false
      self.resumeStopWaiters()
    }
  }

  /// A clock that was put back must not make the pause longer.
  private func isTime(_ now: Instant) -> Bool {
    guard let next = state.value.nextLook else { return true }
    return next <= now || next - now > ScheduledJob.longestPause
  }

  /// The next look is due, whatever the last one has found.
  func expectNews() { state.value.nextLook = nil }

  /// Looks at once: a run has come or gone.
  func wake() {
    expectNews()
    look()
  }

  func stop() async {
    state.value.isStopped = true
    guard !isIdle else { return }
    await withCheckedContinuation { state.value.stopWaiters.append($0) }
  }

  private var isIdle: Bool { !state.value.isLooking && state.value.running.isEmpty }

  private func resumeStopWaiters() {
    guard isIdle else { return }
    for waiter in state.value.stopWaiters { waiter.resume() }
    state.value.stopWaiters.removeAll()
  }
}

extension ScheduledJob {
  private func lookAround() async {
    do {
      let open = try await openRuns(services.clock.now)
      // Whether a tick is late is told by the time at which it could start.
      let now = services.clock.now
      let turn = plan.turn(of: open, now: now)
      for run in turn.skip {
        let skip = CronTick.skip(run, now: now, reason: plan.lateReason)
        _ = try await bundle.requirePool().write(skip, timeout: .seconds(10))
      }
      state.value.failures = 0
      for moment in [turn.nextAt, plan.nextDue(after: state.value.decided ?? now)] { lookAgain(at: moment) }
      for run in turn.start { start(run) }
    } catch {
      failedToLook(error)
    }
  }

  /// The runs that are not over. Those of this host are its own even when their lease has run out.
  private func openRuns(_ now: Instant) async throws -> [OpenRun] {
    let ledger = try ledger()
    guard let decided = state.value.decided, plan.nextDue(after: decided).map({ $0 > now }) ?? true else {
      let look = try await ledger.decide(now: now)
      state.value.decided = look.decided
      return look.open.map(ownedIfRunning)
    }
    return try await ledger.openRuns().map(ownedIfRunning)
  }

  private func ownedIfRunning(_ run: OpenRun) -> OpenRun {
    state.value.running.contains(run.id) ? run.owned : run
  }

  /// What `wake` has asked for meanwhile stays asked for.
  private func lookAgain(at moment: Instant?) {
    guard let moment, let next = state.value.nextLook else { return }
    state.value.nextLook = min(next, moment)
  }

  private func failedToLook(_ error: any Error) {
    state.value.failures += 1
    lookAgain(at: services.clock.now + .seconds(1))
    if state.value.failures == 1 {
      services.log.host(.error, "the schedule of \(function.name) can't be read and is looked at again: \(error)")
    }
  }

  private func start(_ open: OpenRun) {
    guard !state.value.isStopped, !services.quarantine.holds(function),
      state.value.running.count < ScheduledJob.besides
    else { return }
    state.value.running.insert(open.id)
    let run = CronRun(
      open: open, policy: plan.policy, runner: runner, function: function, bundle: bundle, services: services)
    run.start { outcome in
      self.state.value.running.remove(open.id)
      self.resumeStopWaiters()
      switch outcome {
      case .over: self.wake()
      case .notOurs: break
      case .unclaimed(let error): self.failedToLook(error)
      }
    }
  }
}
