/// How long a message waits before it is tried again.
enum Backoff {
  /// Tries in all.
  static let attempts = 5
  private static let waits: [Int64] = [30, 120, 600, 3600]

  /// The wait after the k-th attempt, a tenth more or less; nil when that was the last.
  static func wait(after attempt: Int, random: UInt64) -> Duration? {
    guard attempt < attempts, waits.indices.contains(attempt - 1) else { return nil }
    return .milliseconds(waits[attempt - 1] * (900 + Int64(random % 201)))
  }
}
