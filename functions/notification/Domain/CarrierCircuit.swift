import FunctionKit

/// Spares a carrier that is in trouble: after 20 failures within a minute and none that it took since, nothing is handed to
/// it for 30 s; then one message shows how things are.
struct CarrierCircuit: Decodable, Sendable {
  static let threshold = 20
  static let window = Duration.minutes(1)
  static let pause = Duration.seconds(30)

  /// Failures of the last minute since it last took something.
  var failures: Int
  var lastFailedAt: Instant?

  func isOpen(at now: Instant) -> Bool {
    guard failures >= Self.threshold, let lastFailedAt else { return false }
    return now - lastFailedAt < Self.pause
  }
}
