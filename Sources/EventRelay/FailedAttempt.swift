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

  init(_ item: DueItem, attempt: Int, error: any Error) {
    self.item = item
    self.attempt = attempt
    cause = FailedAttempt.cause(of: error)
    isPermanent = (error as? Problem).map { $0.status < 500 } ?? false
  }

  static func cause(of error: any Error) -> String {
    (error as? Problem)?.detail ?? Failure.cause(error) ?? "\(error)"
  }

  enum Decision: Equatable {
    case retry(at: Instant)
    case dead
  }

  func decision(_ retry: RetryPolicy, at now: Instant, chance: Double) -> Decision {
    if isPermanent || attempt >= retry.attempts { return .dead }
    return .retry(at: now + retry.delay(afterAttempt: attempt, chance: chance))
  }

  /// The statements that put it down.
  func record(_ function: LoadedFunction, release: String, at now: Instant) -> (statements: [SQL], isDead: Bool) {
    switch decision(function.retry, at: now, chance: .random(in: 0...1)) {
    case .retry(let time): (Pending.putOff(item, until: time, error: message(now)), false)
    case .dead:
      (
        Pending.giveUp(item, release: release, blocks: function.onDead == .block, error: message(now), at: now), true
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
