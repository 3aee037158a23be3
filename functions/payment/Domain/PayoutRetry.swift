import FunctionKit

/// Which failures pass by themselves. The others need other details, or a person.
enum PayoutRetry {
  private static let passing = "TEMPORARY_TRANSFER_ERROR"
  private static let pause: Duration = .hours(2)
  private static let most = 3

  /// When a payout that has failed is to be tried again; nil leaves it failed.
  /// - Parameter attempts: how often it was tried, the failed time included.
  static func next(after failure: String?, attempts: Int, at now: Instant) -> Instant? {
    failure == passing && attempts <= most ? now + pause : nil
  }
}
