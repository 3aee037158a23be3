import FunctionKit

/// When the provider comes back with a webhook that was not acknowledged.
enum Retries {
  private static let pauses: [Duration] = [
    .minutes(15), .minutes(45), .hours(2), .hours(3), .hours(6), .hours(12),
  ]

  /// - Parameter attempts: how many there were, the one that failed just now included.
  /// - Returns: nil after the last.
  static func pause(after attempts: Int) -> Duration? {
    pauses.indices.contains(attempts - 1) ? pauses[attempts - 1] : nil
  }
}
