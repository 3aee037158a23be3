internal import EventLoop
internal import FunctionKit
public import Runtime

/// Carries committed events from every bundle's outbox into the inboxes of those who subscribe.
///
/// Delivery repeats after a crash between an inbox's commit and the cursor's; the inbox's key makes that a no-op.
public final class Relay: Sendable {
  private let services: HostServices
  private let subscriptions: Subscriptions
  private let onDelivery: @Sendable (LoadedBundle) -> Void
  private let pollers: LoopLocal<[String: Poller]>

  /// - Parameter onDelivery: called for each bundle whose inbox has got something new.
  public init(
    services: HostServices, bundles: [LoadedBundle], onDelivery: @escaping @Sendable (LoadedBundle) -> Void
  ) {
    self.services = services
    subscriptions = Subscriptions(bundles)
    self.onDelivery = onDelivery
    pollers = LoopLocal(services.loop, [:])
    for bundle in bundles where bundle.pool != nil {
      pollers.value[bundle.name] = Poller(name: "relay of \(bundle.name)", services: services) { [weak self] in
        try await self?.relayBatch(of: bundle) ?? .idle
      }
    }
  }

  /// Looks at a bundle's outbox now rather than at the next poll.
  public func poke(_ bundle: String) { pollers.value[bundle]?.poke() }

  public func start() { for poller in pollers.value.values { poller.start() } }

  /// Stops after the batches that are under way.
  public func stop() async { for poller in pollers.value.values { await poller.stop() } }

  private func relayBatch(of bundle: LoadedBundle) async throws -> Poller.Next {
    let reader = try OutboxReader(pool: bundle.requirePool())
    guard try await reader.hasRows() else { return .idle }
    switch try await reader.readBatch({ try await self.deliver($0, from: bundle) }) {
    case .isTaken: return .soon
    case .read(let count): return count == OutboxReader.batchSize ? .again : .idle
    }
  }

  private func deliver(_ events: [OutboxEvent], from source: LoadedBundle) async throws {
    var targets: [String: InboxBatch] = [:]
    for event in events {
      for subscriber in subscriptions.subscribers(of: event.type) {
        targets[subscriber.bundle.name, default: InboxBatch(bundle: subscriber.bundle, source: source.name)]
          .add(event, for: subscriber.function.name)
      }
    }
    try await insert(targets.values.map { $0 })
  }

  /// One bundle whose database is away keeps the cursor where it is, but not this batch from the others.
  private func insert(_ batches: [InboxBatch]) async throws {
    var failure: (any Error)?
    for batch in batches {
      do {
        try await batch.insert(now: services.clock.now)
        onDelivery(batch.bundle)
      } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
