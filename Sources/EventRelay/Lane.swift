internal import EventLoop
internal import FunctionKit
internal import Postgres
internal import Runtime

/// One bundle's inbox: takes what is due and runs it, one at a time per key and a bounded number at once.
final class Lane: Sendable {
  private let bundle: LoadedBundle
  private let services: HostServices
  private let running: LoopLocal<Set<String>>
  private let poller: LoopLocal<Poller?>
  private let idleWaiters: LoopLocal<[CheckedContinuation<Void, Never>]>
  /// Bounded so that events leave database connections for requests.
  private static let concurrency = 6

  init(bundle: LoadedBundle, services: HostServices) {
    self.bundle = bundle
    self.services = services
    running = LoopLocal(services.loop, [])
    poller = LoopLocal(services.loop, nil)
    idleWaiters = LoopLocal(services.loop, [])
    poller.value = Poller(name: "dispatcher of \(bundle.name)", services: services) { [weak self] in
      try await self?.takeDue() ?? .idle
    }
  }

  func start() { poller.value?.start() }
  func poke() { poller.value?.poke() }

  func stop() async {
    await poller.value?.stop()
    guard !running.value.isEmpty else { return }
    await withCheckedContinuation { idleWaiters.value.append($0) }
  }

  private func takeDue() async throws -> Poller.Next {
    let room = Lane.concurrency - running.value.count
    guard room > 0 else { return .idle }
    let select = DueItem.due(
      at: services.clock.now, for: bundle.functions.map(\.name), limit: Lane.concurrency * 2)
    let due: [DueItem] = try await bundle.requirePool().read(select, timeout: .seconds(10)).rows.map { try $0.decode() }
    for item in due.filter({ !running.value.contains($0.key) }).prefix(room) { start(item) }
    return .idle
  }

  private func start(_ item: DueItem) {
    guard let function = bundle.function(item.function) else { return }
    running.value.insert(item.key)
    let run = InboxRun(item: item, function: function, bundle: bundle, services: services)
    run.start { [weak self] hasRun in self?.finished(item, hasRun) }
  }

  /// - Parameter hasRun: false for an item that another host has, or had; what comes of it is not news.
  private func finished(_ item: DueItem, _ hasRun: Bool) {
    running.value.remove(item.key)
    if running.value.isEmpty {
      for waiter in idleWaiters.value { waiter.resume() }
      idleWaiters.value.removeAll()
    }
    if hasRun { poke() } else { poller.value?.pokeSoon() }
  }
}
