/// How many events of a function share a commit: more while they are quick, one when they are slow or spoil it for each
/// other.
struct BatchSize: Equatable {
  private(set) var current = 1
  /// Savepoints beyond 64 would make every other transaction's snapshots dearer.
  static let most = 50
  /// Milliseconds that a quick function takes for an event, its commit not counted.
  private static let quick: UInt64 = 5

  /// Batches hold locks of many rows, so there are few of them at once; slow functions run side by side instead.
  var runners: Int { current > 1 ? 2 : .max }

  mutating func learn(from result: RunResult) {
    guard result.tried > 0 else { return }
    if result.mustSplit || result.handling > UInt64(result.tried) * BatchSize.quick {
      current = 1
    } else {
      current = result.unused.isEmpty ? min(BatchSize.most, current * 4) : max(1, result.tried)
    }
  }
}
