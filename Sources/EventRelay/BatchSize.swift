/// How many events of a function share a commit: more while they are quick, one when they are slow or spoil it for each
/// other.
struct BatchSize: Equatable {
  private(set) var current = 1
  /// Savepoints beyond 64 would make every other transaction's snapshots dearer.
  static let most = 50
  /// Milliseconds within which a batch should be committed.
  private static let aim: UInt64 = 20

  /// Batches hold locks of many rows, so there are few of them at once; slow functions run side by side instead.
  var runners: Int { current > 1 ? 2 : .max }

  mutating func learn(from result: RunResult, of count: Int, took time: UInt64) {
    if result.mustSplit {
      current = 1
    } else if !result.unused.isEmpty {
      current = max(1, count - result.unused.count)
    } else if result.hasRun, count >= current, time <= BatchSize.aim {
      current = min(BatchSize.most, current * 4)
    } else if time > 4 * BatchSize.aim {
      current = max(1, current / 2)
    }
  }
}
