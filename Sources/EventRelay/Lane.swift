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
  /// Rows of one look at the database.
  private static let window = 512

  private struct State {
    var queue = DueQueue()
    var pace: [String: Pace] = [:]
    var runners = 0
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

  /// Asks the database again once little of the last look is left.
  private func look() async throws {
    if state.value.queue.count < BatchSize.most, state.value.runners < Lane.concurrency {
      let due = Pending.due(
        at: services.clock.now, for: bundle.functions.map(\.name), except: state.value.queue.busy, limit: Lane.window)
      let rows = try await bundle.requirePool().read(due, timeout: .seconds(30)).rows
      state.value.queue.fill(try rows.map { try $0.decode() })
    }
    startRunners()
  }

  private func startRunners() {
    guard poller.value?.isStopped == false else { return }
    for function in bundle.functions {
      while state.value.runners < Lane.concurrency, mayRun(function) {
        let pace = state.value.pace[function.name, default: Pace()]
        let items = state.value.queue.take(function.name, limit: function.usesOwnTransactions ? 1 : pace.size.current)
        guard !items.isEmpty else { break }
        start(items, function)
      }
    }
  }

  private func mayRun(_ function: LoadedFunction) -> Bool {
    let pace = state.value.pace[function.name, default: Pace()]
    return pace.runners < min(function.eventLimit ?? Lane.concurrency, pace.size.runners)
  }

  private func start(_ items: [DueItem], _ function: LoadedFunction) {
    state.value.runners += 1
    state.value.pace[function.name, default: Pace()].runners += 1
    let started = services.loop.now
    Task.immediate(executorPreference: services.loop) {
      let result = await self.run(items, function)
      self.finished(items, function, result, took: self.services.loop.now - started)
    }
  }

  private func run(_ items: [DueItem], _ function: LoadedFunction) async -> RunResult {
    if function.usesOwnTransactions, let item = items.first {
      return await LeasedRun(item: item, function: function, bundle: bundle, services: services).run()
    }
    return await BatchRun(items: items, function: function, bundle: bundle, services: services).run()
  }

  private func finished(_ items: [DueItem], _ function: LoadedFunction, _ result: RunResult, took time: UInt64) {
    state.value.runners -= 1
    var pace = state.value.pace[function.name, default: Pace()]
    pace.runners -= 1
    pace.size.learn(from: result, of: items.count, took: time)
    state.value.pace[function.name] = pace
    state.value.queue.finish(items, unused: result.unused)
    if state.value.runners == 0 {
      for waiter in state.value.idleWaiters { waiter.resume() }
      state.value.idleWaiters.removeAll()
    }
    goOn(hasRun: result.hasRun)
  }

  /// What comes of an item that another host has, or had, is not news.
  private func goOn(hasRun: Bool) {
    startRunners()
    guard state.value.queue.count < BatchSize.most else { return }
    if hasRun { poke() } else { poller.value?.pokeSoon() }
  }

  /// How a function fares.
  private struct Pace {
    var runners = 0
    var size = BatchSize()
  }
}
