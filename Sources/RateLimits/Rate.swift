/// A rate with bursts, by the generic cell rate algorithm: each request takes up an interval, and a key's whole past is the
/// time at which the intervals taken up so far end.
public struct Rate: Sendable, Hashable {
  /// Nanoseconds that one request takes up.
  let interval: UInt64
  /// How far ahead intervals may be taken up.
  let window: UInt64

  /// Clocks of processes may differ by how long a loop has not turned.
  private static let clockSlack: UInt64 = 10_000_000_000

  public init(requests: Int, per period: Duration, burst: Int) {
    let (seconds, attoseconds) = period.components
    let nanoseconds = UInt64(max(0, seconds)) * 1_000_000_000 + UInt64(max(0, attoseconds) / 1_000_000_000)
    interval = max(1, nanoseconds / UInt64(max(1, requests)))
    window = interval * UInt64(max(1, burst))
  }

  /// How a key stands with a rate.
  public struct Standing: Sendable, Hashable {
    public let isAllowed: Bool
    /// How many requests may follow at once.
    public let remaining: UInt64
    /// Nanoseconds until as many as ever may come at once.
    public let reset: UInt64
    /// Nanoseconds until the next request is allowed.
    public let wait: UInt64
  }

  /// What a request comes to.
  /// - Returns: how the key stands then, and the end of its intervals; the same as before when the request is refused.
  func take(_ count: UInt64, at now: UInt64, from end: UInt64) -> (standing: Standing, end: UInt64) {
    let before = owed(end, at: now)
    let after = before + count * interval
    guard after <= window else { return (standing(owing: before, isAllowed: false), end) }
    return (standing(owing: after, isAllowed: true), now + after)
  }

  /// The end of the intervals when requests are added that have been let in already.
  func charge(_ count: UInt64, at now: UInt64, to end: UInt64) -> UInt64 {
    now + max(owed(end, at: now), min(window, owed(end, at: now) + count * interval))
  }

  func standing(at now: UInt64, of end: UInt64) -> Standing { standing(owing: owed(end, at: now), isAllowed: true) }

  /// What no request of this rate could have taken up is another key's, or of before the clock was set back: it counts for
  /// nothing, so that nobody is shut out by it.
  private func owed(_ end: UInt64, at now: UInt64) -> UInt64 {
    guard end > now, end - now <= window + Rate.clockSlack else { return 0 }
    return end - now
  }

  func standing(owing: UInt64, isAllowed: Bool) -> Standing {
    let free = window - min(owing, window)
    return Standing(
      isAllowed: isAllowed, remaining: free / interval, reset: owing,
      wait: free >= interval ? 0 : owing + interval - window)
  }
}
