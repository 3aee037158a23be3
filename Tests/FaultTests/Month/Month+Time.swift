import FaultTesting
import FunctionKit

/// Days in Jakarta, whose mornings are at nine.
extension Month {
  private static let day = 86_400
  private static let morning = 9 * 3_600
  /// When last week's sellers are to have been paid.
  private static let settled = 3 * 3_600 - 1_200

  func goToMondayMorning() async throws {
    let local = try await localSeconds()
    try await advance(to: (local / Self.day + 7 - Self.daysSinceMonday(local)) * Self.day + Self.morning)
  }

  /// 1970 began on a Thursday.
  private static func daysSinceMonday(_ local: Int) -> Int { (local / day + 3) % 7 }
  private static func isMonday(_ local: Int) -> Bool { daysSinceMonday(local) == 0 }

  /// In steps, so that what is due at night finds the day before worked through.
  func goToNextMorning() async throws {
    let midnight = (try await localSeconds() / Self.day + 1) * Self.day
    for moment in [-3 * 3_600, 3_000, Self.settled, 3 * 3_600 + 60] {
      try await advance(to: midnight + moment)
      // A job that is due may not have begun yet, and leaves no trace of that.
      if moment == Self.settled, Self.isMonday(midnight) { try await world.settle([Self.isSettled]) }
      try await world.settle(Self.quiet)
    }
    try await world.settle([Self.isReconciled])
    try await advance(to: midnight + Self.morning)
    try await world.settle(Self.quiet)
  }

  private func advance(to moment: Int) async throws {
    let step = try await moment - localSeconds()
    if step > 0 { try await world.advanceClock(seconds: step) }
  }

  /// Since 1970 by the clocks of Jakarta, which never change.
  private func localSeconds() async throws -> Int { Int(try await world.now().seconds) + 7 * 3_600 }
}
