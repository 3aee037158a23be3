/// The few values that `statement_timeout` takes, so that sessions hardly ever have to change it. The exact deadline is
/// kept on this side.
enum StatementTimeout {
  /// Milliseconds.
  static let steps = [250, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000]

  /// What every session starts with.
  static let initial = 5000

  /// The shortest step that leaves the statement its time.
  static func step(for remaining: UInt64) -> Int {
    steps.first { UInt64($0) >= remaining } ?? 3_600_000
  }
}
