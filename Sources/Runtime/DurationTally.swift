/// How long something has taken, each time, as a histogram.
public struct DurationTally: Codable, Sendable, Hashable {
  /// Upper bounds in milliseconds, inclusive; what takes longer is counted after the last.
  public static let bounds: [UInt64] = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000]

  /// By ``bounds``, each time in one of them.
  public private(set) var counts = Array(repeating: 0, count: bounds.count + 1)
  /// All together.
  public private(set) var milliseconds: UInt64 = 0

  public init() {}

  public var count: Int { counts.reduce(0, +) }

  public mutating func add(_ milliseconds: UInt64) {
    counts[DurationTally.bounds.firstIndex { milliseconds <= $0 } ?? DurationTally.bounds.count] += 1
    self.milliseconds += milliseconds
  }

  /// Adds what another worker has counted of the same.
  public mutating func add(_ other: DurationTally) {
    for place in counts.indices { counts[place] += other.counts[place] }
    milliseconds += other.milliseconds
  }
}
