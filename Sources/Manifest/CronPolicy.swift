/// What becomes of a tick that can't simply run when it is due.
public struct CronPolicy: Sendable, Hashable {
  public var overlap = Overlap.forbid
  public var missed = MissedTicks.last
  /// Each tick starts this much later at most, always by the same amount for the same tick.
  public var jitter = Duration.zero
  /// How long after its time a tick may still start; nil for however long.
  public var deadline: Duration?
  /// A tick that failed is tried again only when the manifest asks for it: the next one is usually near.
  public var retry = CronPolicy.usualRetry

  static let usualRetry = RetryPolicy(attempts: 1)

  public init() {}
}

/// What a tick does that is due while another one of its function runs, on whatever host.
public enum Overlap: String, Sendable, Hashable, CaseIterable {
  /// It is skipped.
  case forbid
  /// It runs beside the other.
  case allow
  /// It runs after the other.
  case queue
}

/// Which of the ticks run that were due while no host could look.
public enum MissedTicks: Sendable, Hashable {
  case skip
  case last
  /// Every one, or the last so many.
  case all(limit: Int)

  static let usualLimit = 100
  static let limits = 1...1000
}
