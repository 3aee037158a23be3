internal import FunctionKit

/// When a delivery was signed: a signature that never aged could be sent again by whoever once saw it.
extension Instant {
  /// Reads plain digits of a second that a calendar can hold.
  init?(unixSeconds text: ArraySlice<UInt8>) {
    guard (1...11).contains(text.count), text.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    self.init(seconds: text.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) })
  }

  /// - Throws: ``Problem`` 401 when the two are further apart than that, in either direction.
  func requireCloseness(to now: Instant, within tolerance: Duration) throws(Problem) {
    guard (now - tolerance...now + tolerance).contains(self) else {
      throw Problem(
        401, "timestamp_out_of_tolerance",
        "The delivery was signed too long ago, or ahead of this host's clock. Sign it anew and send it again.")
    }
  }
}
