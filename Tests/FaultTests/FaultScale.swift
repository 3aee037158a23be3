import Foundation

/// How much of what can go wrong is tried: a little in each run of all tests, as much as is asked for by `Tests/faults`.
enum FaultScale {
  /// One seed that never changes and one that always does; or the one that was asked for.
  static let seeds: [UInt64] = number("FAULTS_SEED").map { [$0] } ?? [42, .random(in: 1...999_999)]
  static let count = number("FAULTS").map { Int($0) } ?? 300
  /// The part of all places to cut at that is tried.
  static let share = number("FAULTS") == nil ? 0.06 : 1

  private static func number(_ variable: String) -> UInt64? {
    ProcessInfo.processInfo.environment[variable].flatMap { UInt64($0) }
  }
}
