internal import EventLoop
internal import FunctionKit
internal import Postgres
internal import Runtime

/// One cron function and what this host knows of its firings. A firing that is due while one runs waits for it.
final class ScheduledJob: Sendable {
  private let plan: CronPlan
  private let function: LoadedFunction
  private let bundle: LoadedBundle
  private let services: HostServices
  private let state: LoopLocal<State>

  private struct State {
    /// When to ask the database again; nil before the first look.
    var nextLook: Instant?
    var isRunning = false
    var isStopped = false
    var failures = 0
    var stopWaiters: [CheckedContinuation<Void, Never>] = []
  }

  init(plan: CronPlan, function: LoadedFunction, bundle: LoadedBundle, services: HostServices) {
    self.plan = plan
    self.function = function
    self.bundle = bundle
    self.services = services
    state = LoopLocal(services.loop, State())
  }

  func look() {
    guard !state.value.isRunning, !state.value.isStopped else { return }
    if let next = state.value.nextLook, services.clock.now < next { return }
    state.value.isRunning = true
    Task(executorPreference: services.loop) {
      await self.fireDue()
      self.over()
    }
  }

  func stop() async {
    state.value.isStopped = true
    guard state.value.isRunning else { return }
    await withCheckedContinuation { state.value.stopWaiters.append($0) }
  }

  private func over() {
    state.value.isRunning = false
    for waiter in state.value.stopWaiters { waiter.resume() }
    state.value.stopWaiters.removeAll()
  }

  private func fireDue() async {
    let now = services.clock.now
    do {
      try await fire(at: now)
      state.value.failures = 0
      state.value.nextLook = min(plan.next(after: now) ?? now + .seconds(60), now + .seconds(30))
    } catch {
      state.value.failures += 1
      state.value.nextLook = now + .seconds(1)
      if state.value.failures == 1 {
        services.log.host(.error, "the schedule of \(function.name) can't be read and is looked at again: \(error)")
      }
    }
  }

  private func fire(at now: Instant) async throws {
    let pool = try bundle.requirePool()
    let abandoned: Instant? = try await pool.read(
      CronTick.abandoned(function.name), timeout: .seconds(10)
    ).rows.first?.decode()
    if let abandoned { try await run(abandoned) }
    guard !state.value.isStopped else { return }
    guard let due = plan.due(after: try await last(pool, now), now: now) else { return }
    try await run(due)
  }

  /// The latest firing. A function seen for the first time has a minute's grace for the one just passed.
  private func last(_ pool: PostgresPool, _ now: Instant) async throws -> Instant {
    let known = try await pool.read(CronTick.last(function.name), timeout: .seconds(10)).rows.first
    if let last = try known?.decode(Instant?.self) { return last }
    let seen = now - .seconds(60)
    _ = try await pool.write(CronTick.seen(function.name, at: seen), timeout: .seconds(10))
    return seen
  }

  private func run(_ scheduledAt: Instant) async throws {
    let unclaimed = await withCheckedContinuation { continuation in
      CronRun(scheduledAt: scheduledAt, function: function, bundle: bundle, services: services).start {
        continuation.resume(returning: $0)
      }
    }
    if let unclaimed { throw unclaimed.cause }
  }
}
