internal import EventLoop
internal import FunctionKit
internal import Postgres
internal import Runtime

/// What one bundle takes in from one outbox. Its place there moves in the transaction that stores the events, so that none
/// is stored twice or passed over, whoever dies when.
final class Intake: Sendable {
  let outbox: Outbox
  let bundle: LoadedBundle
  let source: String
  let services: HostServices
  let functions: [(LoadedFunction, types: [String])]
  let store: SubscriptionStore
  private let onDelivery: @Sendable (LoadedBundle) -> Void
  private let state: LoopLocal<State>
  /// How long a place that moves over nothing of interest may lag in the database.
  private static let saveInterval: UInt64 = 60_000

  private struct State {
    /// Nil until it has been read from the database.
    var subscriptions: [Subscription]?
    var savedAt: UInt64 = 0
  }

  init(
    from source: LoadedBundle, into bundle: LoadedBundle, _ functions: [(LoadedFunction, types: [String])],
    services: HostServices, onDelivery: @escaping @Sendable (LoadedBundle) -> Void
  ) throws {
    outbox = try Outbox(pool: source.requirePool())
    self.bundle = bundle
    self.source = source.name
    self.services = services
    self.functions = functions
    self.onDelivery = onDelivery
    store = SubscriptionStore(source: source.name, bundle: bundle, clock: services.clock)
    state = LoopLocal(services.loop, State())
  }

  /// Notes where new functions begin, before anything can be emitted.
  func prepare() async throws { _ = try await subscriptions() }

  /// Takes in the next events of every group.
  func step() async throws -> Poller.Next {
    do {
      var next = Poller.Next.idle
      for group in try await subscriptions().groups where try await take(group) { next = .again }
      return next
    } catch {
      state.value.subscriptions = nil
      throw error
    }
  }

  private func subscriptions() async throws -> [Subscription] {
    if let known = state.value.subscriptions { return known }
    try await outbox.check()
    let loaded = try await store.load(functions, epoch: outbox.epoch())
    state.value.subscriptions = loaded
    state.value.savedAt = services.loop.now
    return loaded
  }

  /// - Returns: whether there is more.
  private func take(_ group: [Subscription]) async throws -> Bool {
    guard let first = group.first else { return false }
    let batch = try await outbox.read(from: first.cursor, types: group.types, since: first.place.since)
    let next = batch.next
    let hasReset = next.epoch != first.cursor.epoch
    if batch.events.isEmpty, !hasReset, !isStale(next, first) {
      move(group, to: next)
      return false
    }
    return try await save(batch, group, next) && (hasReset || !next.isFinished)
  }

  /// Whether the place in the database has lagged behind long enough.
  private func isStale(_ next: RelayCursor, _ subscription: Subscription) -> Bool {
    next != subscription.cursor && services.loop.now - state.value.savedAt > Intake.saveInterval
  }

  private func save(_ batch: Outbox.Batch, _ group: [Subscription], _ next: RelayCursor) async throws -> Bool {
    var rows = InboxBatch(source: source)
    for event in batch.events {
      for subscription in group where subscription.types.contains(event.type) {
        rows.add(event, for: subscription.function)
      }
    }
    guard try await store(rows, group, next) else {
      // Another host was faster.
      state.value.subscriptions = nil
      return true
    }
    move(group, to: next, isSaved: true)
    if !rows.isEmpty { onDelivery(bundle) }
    return true
  }

  private func store(_ rows: InboxBatch, _ group: [Subscription], _ next: RelayCursor) async throws -> Bool {
    let transaction = try await bundle.requirePool().begin(timeout: .seconds(30))
    do {
      guard try await store.move(group, to: next, transaction) else {
        await transaction.rollback()
        return false
      }
      if !rows.isEmpty { try transaction.enqueue(rows.insert(now: services.clock.now)) }
      try await transaction.commit()
      return true
    } catch {
      await transaction.rollback()
      throw error
    }
  }

  private func move(_ group: [Subscription], to cursor: RelayCursor, isSaved: Bool = false) {
    let names = Set(group.map(\.function.name))
    guard var subscriptions = state.value.subscriptions else { return }
    for index in subscriptions.indices where names.contains(subscriptions[index].function.name) {
      subscriptions[index].cursor = cursor
      if isSaved { subscriptions[index].saved = cursor }
    }
    state.value.subscriptions = subscriptions
    if isSaved { state.value.savedAt = services.loop.now }
  }
}
