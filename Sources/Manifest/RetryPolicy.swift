/// How often a failing delivery is tried again before a person has to look at it.
public struct RetryPolicy: Sendable, Hashable {
  public let attempts: Int
  public let minBackoff: Duration
  public let maxBackoff: Duration
  /// By how many percent a pause may be shorter or longer.
  public let jitter: Int

  public init(
    attempts: Int = 8, minBackoff: Duration = .seconds(1), maxBackoff: Duration = .seconds(600), jitter: Int = 10
  ) {
    self.attempts = attempts
    self.minBackoff = minBackoff
    self.maxBackoff = maxBackoff
    self.jitter = jitter
  }

  /// The pause after the `n`-th failed attempt, counted from 1: doubled each time, up to the maximum.
  ///
  /// `chance` in 0...1 moves it from the least to the most that the jitter allows, after the maximum is applied: failures
  /// of one cause must not all come back in the same instant, least of all when they have all reached the maximum.
  public func delay(afterAttempt n: Int, chance: Double) -> Duration {
    var delay = minBackoff
    for _ in 1..<max(n, 1) where delay < maxBackoff { delay *= 2 }
    let share = chance > 0 ? min(chance, 1) : 0
    let thousandths = 1000 - 10 * jitter + Int((Double(20 * jitter) * share).rounded())
    return min(delay, maxBackoff) * thousandths / 1000
  }
}

extension Fields {
  /// Reads `retry: { attempts: 8, backoff: 1s..10m, jitter: 10% }`; each part has a default.
  func readRetry() -> RetryPolicy {
    let usual = RetryPolicy()
    guard let fields = fields("retry", keys: ["attempts", "backoff", "jitter"]) else { return usual }
    let attempts = fields.read("attempts") { text throws(Mistake) in try Numbers.whole(text, in: 1...100) }
    let backoff = fields.read("backoff", backoff)
    return RetryPolicy(
      attempts: attempts ?? usual.attempts, minBackoff: backoff?.min ?? usual.minBackoff,
      maxBackoff: backoff?.max ?? usual.maxBackoff, jitter: fields.read("jitter", percent) ?? usual.jitter)
  }

  private func percent(_ text: String) throws(Mistake) -> Int {
    guard text.hasSuffix("%"), let number = digits(text.dropLast()), number <= 100 else {
      throw Mistake("is not a share; write it like 10%, at most 100%")
    }
    return number
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
