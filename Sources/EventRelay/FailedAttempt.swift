internal import FunctionKit
internal import Manifest
internal import Runtime

/// What becomes of an event whose function failed.
struct FailedAttempt: Sendable {
  let item: DueItem
  /// Counted from 1.
  let attempt: Int
  let cause: String
  /// A refusal will not change by asking again.
  let isPermanent: Bool
  /// Until when the item was set aside for this attempt; nil for one that was locked.
  let lease: Instant?

  init(_ item: DueItem, attempt: Int, error: any Error, lease: Instant? = nil) {
    self.item = item
    self.lease = lease
    self.attempt = attempt
    cause = FailedAttempt.cause(of: error)
    isPermanent = (error as? Problem).map { $0.status < 500 } ?? false
  }

  /// In words that PostgreSQL can keep.
  static func cause(of error: any Error) -> String {
    Failure.storable((error as? Problem)?.detail ?? Failure.cause(error) ?? "\(error)")
  }

  enum Decision: Equatable {
    case retry(at: Instant)
    case dead
  }

  func decision(_ retry: RetryPolicy, at now: Instant, chance: Double) -> Decision {
    if isPermanent || attempt >= retry.attempts { return .dead }
    return .retry(at: now + retry.delay(afterAttempt: attempt, chance: chance))
  }

  /// The statement that puts it down; it gives a row if the item was still there.
  func record(_ function: LoadedFunction, release: String, at now: Instant) -> (statement: SQL, isDead: Bool) {
    switch decision(function.retry, at: now, chance: .random(in: 0...1)) {
    case .retry(let time): (Pending.putOff(self, until: time, message: message(now)), false)
    case .dead:
      (
        Pending.giveUp(self, release: release, blocks: function.onDead == .block, message: message(now), at: now), true
      )
    }
  }

  private func message(_ now: Instant) -> String { "\(now) attempt \(attempt): \(cause)" }
}

extension LoadedFunction {
  var retry: RetryPolicy {
    switch manifest.trigger {
    case .event(let event): event.retry
    case .webhook(let webhook): webhook.retry
    case .endpoint, .cron: RetryPolicy()
    }
  }

  var onDead: OnDead {
    if case .event(let event) = manifest.trigger { event.onDead } else { .skip }
  }

  /// How many events at once, on one host.
  var eventLimit: Int? {
    if case .event(let event) = manifest.trigger { event.concurrency.limit } else { nil }
  }

  var eventKey: EventConcurrency.Key {
    if case .event(let event) = manifest.trigger { event.concurrency.key } else { .subject }
  }

  /// Hands it the data of an event or a delivery.
  func handle(_ item: ClaimedItem, _ context: Context) async throws {
    switch invoke {
    case .event(let handle): try await handle(item.data.bytes, context)
    case .webhook(_, let handle): try await handle(item.data.bytes, context)
    case .endpoint, .cron: throw NotGranted("\(name) handles no events")
    }
  }
}
