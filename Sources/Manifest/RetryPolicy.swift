/// How often a failing delivery is tried again before a person has to look at it.
public struct RetryPolicy: Sendable, Hashable {
  public let attempts: Int
  public let minBackoff: Duration
  public let maxBackoff: Duration

  public init(attempts: Int = 8, minBackoff: Duration = .seconds(1), maxBackoff: Duration = .seconds(600)) {
    self.attempts = attempts
    self.minBackoff = minBackoff
    self.maxBackoff = maxBackoff
  }

  /// The pause after the `n`-th failed attempt, counted from 1: doubled each time, up to the maximum.
  ///
  /// `jitter` in 0...1 moves it by −10 % to +10 %, after the maximum is applied: failures of one cause must not all come
  /// back in the same instant, least of all when they have all reached the maximum.
  public func delay(afterAttempt n: Int, jitter: Double) -> Duration {
    var delay = minBackoff
    for _ in 1..<max(n, 1) where delay < maxBackoff { delay *= 2 }
    let share = jitter > 0 ? min(jitter, 1) : 0
    let thousandths = 900 + Int((200 * share).rounded())
    return min(delay, maxBackoff) * thousandths / 1000
  }
}

extension Fields {
  /// Reads `retry: { attempts: 8, backoff: 1s..10m }`; each part has a default.
  func readRetry(usual: RetryPolicy = RetryPolicy()) -> RetryPolicy {
    guard let fields = fields("retry", keys: ["attempts", "backoff"]) else { return usual }
    let attempts = fields.read("attempts") { text throws(Mistake) in try Numbers.whole(text, in: 1...100) }
    let backoff = fields.read("backoff", backoff)
    return RetryPolicy(
      attempts: attempts ?? usual.attempts, minBackoff: backoff?.min ?? usual.minBackoff,
      maxBackoff: backoff?.max ?? usual.maxBackoff)
  }

  private func backoff(_ text: String) throws(Mistake) -> (min: Duration, max: Duration) {
    guard let dots = text.firstRange(of: "..") else {
      throw Mistake("is not a range; write the shortest and the longest pause, such as 1s..10m")
    }
    let shortest = try part(text[..<dots.lowerBound])
    let longest = try part(text[dots.upperBound...])
    guard shortest > .zero else { throw Mistake("begins at zero; the shortest pause must be more than 0") }
    guard shortest <= longest else { throw Mistake("is backwards; the shortest pause comes first") }
    return (shortest, longest)
  }

  private func part(_ text: Substring) throws(Mistake) -> Duration {
    do { return try Units.duration(String(text)) } catch {
      throw Mistake("has the part '\(text)', which \(error.reason)")
    }
  }
}
