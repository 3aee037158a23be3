/// What `manifests/host.yaml` says of the host itself; everything has a default, and the file may be absent.
public struct HostManifest: Sendable, Hashable {
  /// The bundles to load, or nil for every manifest there is.
  public var bundles: [String]?
  public var gatewayPort = 8080
  public var adminPort = 9090
  /// Base URLs by name: the only places that functions can call.
  public var upstreams: [String: String] = [:]
  /// Services that bundles already call and nobody has built yet; calls to them are answered 503.
  public var planned: [String] = []
  public var auth = HostAuth()
  public var limits = Limits()
  /// Nil where the gateway's port is plain.
  public var tls: TLS?
  /// How long events and deliveries that are done with are kept.
  public var retention = Duration.seconds(14 * 86_400)
  /// How many releases of each bundle are kept beside those that are live, on trial or to roll back to.
  public var keptReleases = 10
  /// How many workers serve requests, or nil for one per processor.
  public var workers: Int?
  /// A worker that has not answered for this long hangs, and is replaced.
  public var hang = Duration.seconds(5)
  /// Bytes that one worker may take before another takes its place in good order; nil for as many as there are.
  public var memory: Int?
  /// How long what is under way may take when a worker stops.
  public var drain = Duration.seconds(10)
  /// The rate limits by their names: those of the whole gateway, those of webhooks, and those that functions ask for.
  public var rateLimits = UsualRateLimits.all
  /// Who is believed about where a request comes from.
  public var trustedProxies: [AddressRange] = []
  /// Nil when no page of another origin may use the gateway.
  public var cors: CORSPolicy?
  /// Which requests have a line of their own; nil leaves that to the mode.
  public var accessLog: AccessLogPolicy?
  /// Where traces go, as far as the environment does not say otherwise.
  public var traces = TracesManifest()

  /// What one worker takes from its clients before it refuses.
  public struct Limits: Sendable, Hashable {
    public var connections = 10_000
    /// Bytes of a request's head.
    public var header = 65_536
    /// How long a connection may be silent between requests.
    public var idle = Duration.seconds(60)
    /// How long a client may take to send a request's head.
    public var headerTime = Duration.seconds(10)

    public init() {}
  }

  public init() {}
}
