internal import EventLoop
internal import Manifest

/// Keeps calls from a service that does not answer, so that callers learn at once what they would else wait for, and the
/// service is not called more than it can bear when it comes back.
///
///     closed ──5 failures in a row──▶ open ──pause──▶ probing ──answered──▶ closed
///                                      ▲                 │
///                                      └─────failed──────┘  with twice the pause
struct CircuitBreaker: Sendable {
  enum State: Sendable, Equatable {
    /// Calls go through.
    case closed(failures: Int)
    /// Calls are refused until then, in milliseconds of the loop's clock.
    case open(until: UInt64)
    /// One call is under way to see how things are; the others are refused.
    case probing
  }

  enum Outcome: Sendable {
    /// Any answer that is the service's own, a refusal included.
    case answered
    case failed
    /// The caller has gone; nothing was learnt.
    case abandoned
  }

  /// The right to make one call. Its outcome counts only for the state that it was let through in.
  struct Ticket: Sendable {
    fileprivate let generation: Int
  }

  static let threshold = 5
  static let pauses = RetryPolicy(minBackoff: .seconds(1), maxBackoff: .seconds(30))

  private(set) var state = State.closed(failures: 0) { didSet { if state != oldValue { changed(from: oldValue) } } }
  /// How often it has opened in a row.
  private var openings = 0
  private var generation = 0

  /// Nil for a call that must not be made now.
  mutating func admit(at now: UInt64) -> Ticket? {
    switch state {
    case .closed: break
    case .open(let until) where now >= until: state = .probing
    case .open, .probing: return nil
    }
    return Ticket(generation: generation)
  }

  /// - Parameter chance: in 0...1, so that not all hosts come back at once.
  mutating func record(_ outcome: Outcome, of ticket: Ticket, at now: UInt64, chance: Double) {
    guard ticket.generation == generation else { return }
    switch (state, outcome) {
    case (.closed, .answered): state = .closed(failures: 0)
    case (.closed(let failures), .failed) where failures + 1 < CircuitBreaker.threshold:
      state = .closed(failures: failures + 1)
    case (.closed, .failed), (.probing, .failed): open(at: now, chance)
    case (.probing, .answered):
      openings = 0
      state = .closed(failures: 0)
    case (.probing, .abandoned): state = .open(until: now)
    case (.closed, .abandoned), (.open, _): break
    }
  }

  private mutating func open(at now: UInt64, _ chance: Double) {
    openings += 1
    let pause = CircuitBreaker.pauses.delay(afterAttempt: openings, chance: chance)
    state = .open(until: now + pause.milliseconds)
  }

  private mutating func changed(from old: State) {
    if case .closed = old, case .closed = state { return }
    generation += 1
  }
}
