/// How long a worker that ended is waited with before it is replaced: not at all, unless its predecessors ended early, too.
struct RestartBackoff: Sendable {
  private var early = 0
  /// A worker that has served for so long, in milliseconds, has not ended early.
  static let settled: UInt64 = 1_000
  private static let first: UInt64 = 50
  private static let longest: UInt64 = 5_000

  /// Milliseconds until the next start.
  mutating func pause(afterServing milliseconds: UInt64) -> UInt64 {
    guard milliseconds < RestartBackoff.settled else {
      early = 0
      return 0
    }
    early += 1
    return early < 3 ? 0 : min(RestartBackoff.first << UInt64(min(early - 3, 10)), RestartBackoff.longest)
  }
}
