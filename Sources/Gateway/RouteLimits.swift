internal import Manifest
internal import RateLimits

/// One limit, ready to be asked.
struct RateBucket: Sendable {
  let key: RateLimit.Key
  let rate: Rate
  /// Sets its keys apart from those of other limits: the same in every process, and another one when its numbers change.
  let space: UInt64
  /// For the header that says it.
  let limit: String
  /// Whether it counts at the public door alone.
  let isOfGateway: Bool
}

/// The limits of one route.
struct RouteLimits: Sendable {
  /// Those that can be asked as soon as a request's head is there.
  private(set) var early: [RateBucket] = []
  /// Those that wait until it is known who calls.
  private(set) var late: [RateBucket] = []

  init() {}

  init(_ limits: [RateLimit], of name: String, isOfGateway: Bool = false) {
    let buckets = limits.map { RateBucket($0, of: name, isOfGateway: isOfGateway) }
    early = buckets.filter { $0.key == .address }
    // Who is refused for their own sake has taken nothing from the others.
    late = buckets.filter { $0.key == .user } + buckets.filter { $0.key == .route }
  }

  /// For a route whose caller is nobody in particular.
  var allAtOnce: RouteLimits {
    var limits = RouteLimits()
    limits.early = early + late
    return limits
  }

  static func + (one: RouteLimits, other: RouteLimits) -> RouteLimits {
    var limits = one
    limits.early += other.early
    limits.late += other.late
    return limits
  }
}

extension RateBucket {
  init(_ limit: RateLimit, of name: String, isOfGateway: Bool) {
    key = limit.key
    rate = Rate(requests: limit.requests, per: limit.period, burst: limit.burst)
    self.limit = "\(limit.requests)"
    self.isOfGateway = isOfGateway
    let text = "\(name) \(limit.key) \(limit.requests) \(limit.period.components) \(limit.burst)"
    // FNV-1a: Swift's own hash is another one in each process.
    space = text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
