/// Whether the server can be reached, and when it is tried again. Times are milliseconds of the loop's clock.
struct Reachability {
  private(set) var failures = 0
  private(set) var reason = ""
  private(set) var retryAt: UInt64 = 0

  /// Whether the last attempt to connect failed.
  var isFailing: Bool { failures > 0 }

  func mayTry(_ now: UInt64) -> Bool { now >= retryAt }

  mutating func failed(_ reason: String, _ now: UInt64) {
    self.reason = reason
    retryAt = now + min(1000, 50 << UInt64(min(failures, 10)))
    failures += 1
  }

  mutating func succeeded() { self = Reachability() }
}
