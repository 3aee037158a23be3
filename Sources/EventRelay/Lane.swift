internal import EventLoop
internal import FunctionKit
internal import Postgres
internal import Runtime

/// One bundle's inbox: takes what is due and runs it, one at a time per key and a bounded number at once.
final class Lane: Sendable {
  private let bundle: LoadedBundle
  private let services: HostServices
  private let state: LoopLocal<State>
  private let poller: LoopLocal<Poller?>
  /// Bounded so that events leave database connections for requests.
  private static let concurrency = 6
  /// Rows of one function that a look at the database gives.
  private static let window = 4 * BatchSize.most

  private struct State {
    var queue = DueQueue()
    var pace: [String: Pace] = [:]
    var runners = 0
    /// Whose turn it is.
    var turn = 0
    var idleWaiters: [CheckedContinuation<Void, Never>] = []
  }

  init(bundle: LoadedBundle, services: HostServices) {
    self.bundle = bundle
    self.services = services
    state = LoopLocal(services.loop, State())
    poller = LoopLocal(services.loop, nil)
    poller.value = Poller(name: "dispatcher of \(bundle.name)", services: services) { [weak self] in
      try await self?.look()
      return .idle
    }
  }

  func start() { poller.value?.start() }
  func poke() { poller.value?.poke() }

  func stop() async {
    await poller.value?.stop()
    guard state.value.runners > 0 else { return }
    await withCheckedContinuation { state.value.idleWaiters.append($0) }
  }

  /// Asks the database again for the functions of which little is left from the last look.
  private func look() async throws {
    let short = bundle.functions.filter { !services.quarantine.holds($0) }.map(\.name).filter(isShort)
    if !short.isEmpty, state.value.runners < Lane.concurrency {
      let due = Pending.due(
        at: services.clock.now, for: short, except: state.value.queue.busy, limit: Lane.window)
      let rows = try await bundle.requirePool().read(due, timeout: .seconds(30)).rows
      state.value.queue.fill(short, with: try rows.map { try $0.decode() })
    }
    startRunners()
  }

  private func isShort(_ function: String) -> Bool { state.value.queue.count(function) < BatchSize.most }

  /// Gives each function a run in turn, until there is no room or nothing to do.
  private func startRunners() {
    guard poller.value?.isStopped == false else { return }
    let functions = bundle.functions
    var idle = 0
    while state.value.runners < Lane.concurrency, idle < functions.count {
      let function = functions[state.value.turn % functions.count]
      state.value.turn = (state.value.turn + 1) % functions.count
      idle = startRunner(function) ? 0 : idle + 1
    }
  }

  private func startRunner(_ function: LoadedFunction) -> Bool {
    guard mayRun(function) else { return false }
    let size = state.value.pace[function.name, default: Pace()].size.current
    let items = state.value.queue.take(function.name, limit: function.usesOwnTransactions ? 1 : size)
    guard !items.isEmpty else { return false }
    start(items, function)
    return true
  }

  private func mayRun(_ function: LoadedFunction) -> Bool {
    guard !services.quarantine.holds(function) else { return false }
    let pace = state.value.pace[function.name, default: Pace()]
    // One is left for the others, however slow a function is.
    return pace.runners < min(function.eventLimit ?? Lane.concurrency - 1, pace.size.runners)
  }

  private func start(_ items: [DueItem], _ function: LoadedFunction) {
    state.value.runners += 1
    state.value.pace[function.name, default: Pace()].runners += 1
    Task.immediate(executorPreference: services.loop) {
      let result = await self.run(items, function)
      self.finished(items, function, result)
    }
  }

  private func run(_ items: [DueItem], _ function: LoadedFunction) async -> RunResult {
    if function.usesOwnTransactions, let item = items.first {
      return await LeasedRun(item: item, function: function, bundle: bundle, services: services).run()
    }
    return await BatchRun(items: items, function: function, bundle: bundle, services: services).run()
  }

  private func finished(_ items: [DueItem], _ function: LoadedFunction, _ result: RunResult) {
    state.value.runners -= 1
    var pace = state.value.pace[function.name, default: Pace()]
    pace.runners -= 1
    pace.size.learn(from: result)
    state.value.pace[function.name] = pace
    state.value.queue.finish(items, unused: result.unused)
    if state.value.runners == 0 {
      for waiter in state.value.idleWaiters { waiter.resume() }
      state.value.idleWaiters.removeAll()
    }
    goOn(after: function, hasRun: result.tried > 0)
  }

  /// What comes of an item that another host has, or had, is not news.
  private func goOn(after function: LoadedFunction, hasRun: Bool) {
    startRunners()
    guard isShort(function.name) else { return }
    if hasRun { poke() } else { poller.value?.pokeSoon() }
  }

  /// How a function fares.
  private struct Pace {
    var runners = 0
    var size = BatchSize()
  }
}
