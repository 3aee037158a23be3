/// How many requests are answered in a time, counted apart for each of something.
public struct RateLimit: Sendable, Hashable {
  /// What requests are counted together by.
  public enum Key: String, Sendable, Hashable, CaseIterable {
    /// Where they come from.
    case address
    /// Who is signed in; where nobody is, the address.
    case user
    /// Nothing: all requests of the route.
    case route
  }

  public let key: Key
  public let requests: Int
  public let period: Duration
  /// How many may come at once.
  public let burst: Int

  public init(by key: Key, requests: Int, per period: Duration, burst: Int? = nil) {
    self.key = key
    self.requests = requests
    self.period = period
    self.burst = burst ?? requests
  }
}

/// A limit as a function asks for it.
public enum RateLimitRule: Sendable, Hashable {
  /// Under `rateLimits` of `host.yaml`, or one that every host has.
  case named(String)
  case limit(RateLimit)
}

/// The limits that every host has; `rateLimits` of `host.yaml` puts others in their place.
public enum UsualRateLimits {
  /// Over all that an address or a user asks of the gateway, whatever the route.
  public static let gateway = "gateway"
  /// Of every webhook that says nothing else.
  public static let webhook = "webhook"

  static let all: [String: [RateLimit]] = [
    gateway: [],
    webhook: [RateLimit(by: .address, requests: 6000, per: .seconds(60), burst: 1000)],
    "login": [RateLimit(by: .address, requests: 30, per: .seconds(300), burst: 10)],
    "otp": [RateLimit(by: .address, requests: 10, per: .seconds(600), burst: 5)],
  ]
}

extension HostManifest {
  /// What the rules come to; a name that is not known has been reported, and comes to nothing.
  public func limits(_ rules: [RateLimitRule]) -> [RateLimit] {
    rules.flatMap { rule in
      switch rule {
      case .named(let name): rateLimits[name] ?? []
      case .limit(let limit): [limit]
      }
    }
  }
}
