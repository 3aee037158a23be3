/// What one request takes from one bucket.
public struct RateClaim: Sendable {
  /// The same on all hosts.
  let name: String
  public let rate: Rate
  let count: UInt64
  /// Whether it has been let in before, and owes this besides.
  let isOwed: Bool

  /// - Parameters:
  ///   - value: whom the bucket counts.
  ///   - space: tells apart what is counted by different rates.
  public init(_ value: UInt128, in space: UInt64, _ rate: Rate, count: UInt64 = 1, isOwed: Bool = false) {
    name = "lakoo:rate:\(String(space, radix: 16)):\(String(value, radix: 16))"
    self.rate = rate
    self.count = count
    self.isOwed = isOwed
  }
}

/// What all hosts together say of a request.
public struct RateVerdict: Sendable {
  /// Of the claims in their order, up to the one that was refused.
  public let standings: [Rate.Standing]

  /// - Returns: nil for what is no answer to these claims.
  init?(_ reply: RedisReply, to claims: [RateClaim]) {
    guard case .array(let parts) = reply, case .integer(let refused)? = parts.first, parts.count <= claims.count + 1,
      parts.count == (refused == 0 ? claims.count : refused) + 1
    else { return nil }
    var standings: [Rate.Standing] = []
    for (place, (claim, part)) in zip(claims, parts.dropFirst()).enumerated() {
      guard case .integer(let microseconds) = part, microseconds >= 0, microseconds < 1 << 53 else { return nil }
      let owing = min(UInt64(microseconds) * 1000, claim.rate.window)
      standings.append(claim.rate.standing(owing: owing, isAllowed: place + 1 != refused))
    }
    self.standings = standings
  }
}

extension RateClaim {
  /// Takes from the buckets in their order until one refuses, by the clock of Redis. A bucket is the microsecond at which
  /// the intervals taken up so far end, as in ``Rate``.
  static let script = """
    local time = redis.call('TIME')
    local now = time[1] * 1000000 + time[2] + ARGV[1]
    local answer = {0}
    for i, key in ipairs(KEYS) do
      local interval, window, count = tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i]), tonumber(ARGV[3 * i + 1])
      local before = (tonumber(redis.call('GET', key) or '0')) - now
      if before < 0 or before > window + 10000000 then before = 0 end
      local after = before + math.abs(count) * interval
      if count < 0 then after = math.max(before, math.min(window, after)) end
      if count > 0 and after > window + 0.5 then
        answer[1] = i
        answer[i + 1] = math.floor(before)
        return answer
      end
      redis.call('SET', key, string.format('%.2f', now + after), 'PX', string.format('%.0f', math.ceil(after / 1000) + 1))
      answer[i + 1] = math.floor(after)
    end
    return answer
    """

  /// - Parameter shift: microseconds by which the hosts' clock is ahead.
  static func words(_ claims: [RateClaim], shift: Int) -> [String] {
    ["\(claims.count)"] + claims.map(\.name) + ["\(shift)"]
      + claims.flatMap { claim in
        [
          "\(Double(claim.rate.interval) / 1000)", "\(Double(claim.rate.window) / 1000)",
          "\(claim.isOwed ? "-" : "")\(claim.count)",
        ]
      }
  }
}
