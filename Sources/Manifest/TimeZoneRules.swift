internal import Foundation

/// The local time of one place, with its past and coming changes of clocks.
public struct TimeZoneRules: Sendable, Hashable {
  /// The IANA name: `Asia/Jakarta`.
  public let identifier: String
  private let zone: TimeZone

  /// Nil for a name that is not in the IANA database. Foundation also takes `GMT+7`, which is no place with rules of
  /// its own, and leaves many names that it does take, `Asia/Kolkata` for one, out of its list of known ones.
  public init?(identifier: String) {
    guard !identifier.hasPrefix("GMT") || identifier == "GMT", let zone = TimeZone(identifier: identifier),
      zone.identifier == identifier || identifier == "UTC"
    else { return nil }
    self.identifier = identifier
    self.zone = zone
  }

  /// Seconds to add to Unix time to get local time.
  public func offset(at instant: Int64) -> Int64 {
    Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(instant))))
  }

  /// The instant of a local time given as if it were UTC: the first of two, or the end of the gap that swallowed it.
  func instant(ofLocal local: Int64) -> Int64 {
    let before = offset(at: local - 86_400)
    let after = offset(at: local + 86_400)
    let candidates = [local - before, local - after].sorted()
    return candidates.first { $0 + offset(at: $0) == local } ?? change(from: local - 86_400, to: local + 86_400)
  }

  /// All instants that may belong to a local day near which the clocks change; nil for one with plain hours.
  func hoursOfChange(day: Int64) -> Range<Int64>? {
    let (start, end) = (day * 86_400, (day + 1) * 86_400)
    let (before, after) = (offset(at: start - 86_400), offset(at: end + 86_400))
    return before == after ? nil : (start - max(before, after))..<(end - min(before, after))
  }

  /// The instant within the span from which the later offset holds.
  private func change(from start: Int64, to end: Int64) -> Int64 {
    let later = offset(at: end)
    var low = start
    var high = end
    while high - low > 1 {
      let middle = (low + high) / 2
      if offset(at: middle) == later { high = middle } else { low = middle }
    }
    return high
  }
}

extension TimeZoneRules {
  init(parsing text: String) throws(Mistake) {
    guard let rules = TimeZoneRules(identifier: text) else {
      let hint = hint(
        for: text, among: TimeZone.knownTimeZoneIdentifiers, otherwise: "; use an IANA name such as Asia/Jakarta")
      throw Mistake("is not a known time zone\(hint)")
    }
    self = rules
  }
}
