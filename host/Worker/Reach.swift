import EventLoop
import Gateway
import HTTPClient
import HTTPServer
import Manifest
import Runtime
import Telemetry

/// What a worker's functions can reach outside of it: upstreams, and services that are elsewhere.
struct Reach {
  let settings: Settings
  let plan: Plan
  let role: WorkerRole

  init(_ settings: Settings, _ plan: Plan, _ role: WorkerRole) {
    self.settings = settings
    self.plan = plan
    self.role = role
  }

  /// The only places that functions can call.
  var origins: Set<String> {
    Set((Array(addresses.values) + serviceURLs.values).map(UpstreamAddresses.origin))
  }

  func services(
    _ loop: EventLoop, _ clock: HostClock, _ log: HostLog, _ client: HTTPClient, _ tracer: Tracer?
  ) -> HostServices {
    HostServices(
      loop: loop, clock: clock, upstreams: .live(client),
      environment: Environment(
        isProduction: settings.isProduction, secrets: plan.secrets, upstreams: addresses,
        payloadSchemas: settings.isProduction ? [:] : plan.events?.payloadSchemas ?? [:],
        settings: settings.values(of: plan.manifests)),
      log: log, remote: serviceURLs.mapValues { url in .http(client) { url } }, tracer: tracer)
  }

  /// The services that bundles and the gateway itself call and that are somewhere else.
  private var serviceURLs: [String: String] {
    let names = Set(plan.bundles.flatMap(\.manifest.needs.services) + [Gateway.authService])
    return Dictionary(
      names.compactMap { name in (settings.serviceURL(name) ?? neighbour(name)).map { (name, $0) } }
    ) { first, _ in first }
  }

  /// A worker that runs one bundle alone finds the others at their ports.
  private func neighbour(_ name: String) -> String? {
    guard role != .front, name != role.bundle, plan.manifests.contains(where: { $0.name == name }) else { return nil }
    return ports.url(of: .service(name))
  }

  private var ports: Ports { Ports(settings, plan.host, plan.manifests) }

  private var addresses: [String: String] { UpstreamAddresses.all(settings, plan, ports) }
}

extension TrustKeys {
  init(_ secrets: [String: String], tokens: TokenRules? = nil) {
    self.init(
      gateway: Secrets.live("GATEWAY_SECRET_KEY", secrets), internal: Secrets.live("INTERNAL_API_KEY", secrets),
      admin: secrets["LAKOO_ADMIN_TOKEN"] ?? "", tokens: tokens)
  }
}

extension Limits {
  init(_ manifest: HostManifest.Limits) {
    self.init()
    connections = manifest.connections
    headerBytes = manifest.header
    headerTime = manifest.headerTime
    idle = manifest.idle
  }
}
