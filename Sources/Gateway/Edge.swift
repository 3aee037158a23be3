public import Manifest
internal import EventLoop
internal import HTTPServer
public import RateLimits

/// What the public door does for all routes alike: whom it lets in how often, and what each of its answers says.
public struct Edge: Sendable {
  let host: HostManifest
  let rates: RateTable?
  /// What hosts count in together; nil where each counts for itself.
  public let sharedRates: SharedRates?
  /// Nil where no request has a line.
  let accessLog: AccessLog?
  /// Over all routes together.
  let limits: RouteLimits

  /// - Parameters:
  ///   - rates: what workers count requests in together; nil counts none.
  ///   - sharedRates: what hosts do.
  public init(
    _ host: HostManifest = HostManifest(), rates: RateTable? = nil, sharedRates: SharedRates? = nil,
    accessLog: AccessLog? = nil
  ) {
    self.host = host
    self.rates = rates
    self.sharedRates = sharedRates
    self.accessLog = accessLog
    limits = RouteLimits(host.limits([.named(UsualRateLimits.gateway)]), of: "", isOfGateway: true)
  }

  /// The limits of a function's route, those of the gateway included.
  func limits(of function: FunctionManifest, in bundle: String) -> RouteLimits {
    guard rates != nil else { return RouteLimits() }
    let isWebhook = function.trigger.kind == .webhook
    let rules = function.rateLimits ?? (isWebhook ? [.named(UsualRateLimits.webhook)] : [])
    let own = RouteLimits(host.limits(rules), of: "\(bundle)/\(function.name)")
    return limits + (isWebhook ? own.allAtOnce : own)
  }

  /// Where a request comes from: who has connected, or whom proxies that are believed name.
  func address(of head: RequestHead) -> IPAddress? {
    guard case .tcp(let host, _) = head.peer, let peer = IPAddress(host) else { return nil }
    guard isProxy(peer) else { return peer }
    return forwarded(head.headers, by: peer)
  }

  /// Whether a proxy that is believed says that the client has come by TLS.
  func isSecure(_ head: RequestHead) -> Bool {
    guard case .tcp(let host, _) = head.peer, let peer = IPAddress(host), isProxy(peer) else { return false }
    return head.headers.onlyBytes("x-forwarded-proto")?.elementsEqual("https".utf8) ?? false
  }

  private func isProxy(_ address: IPAddress) -> Bool { host.trustedProxies.contains { $0.contains(address) } }

  /// From the right, the first who is no proxy of ours: what stands left of it anybody can have written.
  private func forwarded(_ headers: Headers, by peer: IPAddress) -> IPAddress {
    var nearest = peer
    for name in headers.all("x-forwarded-for").joined(separator: ",").split(separator: ",").reversed() {
      guard let address = IPAddress(name.filter { $0 != " " && $0 != "\t" }) else { break }
      nearest = address
      if !isProxy(address) { break }
    }
    return nearest
  }
}
