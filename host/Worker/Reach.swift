import EventLoop
import Gateway
import HTTPClient
import HTTPServer
import Manifest
import Runtime

/// What a worker's functions can reach outside of it: upstreams, and services that are elsewhere.
struct Reach {
  let settings: Settings
  let plan: Plan

  init(_ settings: Settings, _ plan: Plan) {
    self.settings = settings
    self.plan = plan
  }

  /// The only places that functions can call.
  var origins: Set<String> {
    Set((Array(addresses.values) + serviceURLs.values).map(UpstreamAddresses.origin))
  }

  func services(_ loop: EventLoop, _ clock: HostClock, _ log: HostLog, _ client: HTTPClient) -> HostServices {
    HostServices(
      loop: loop, clock: clock, upstreams: .live(client),
      environment: Environment(
        isProduction: settings.isProduction, secrets: plan.secrets, upstreams: addresses,
        payloadSchemas: settings.isProduction ? [:] : plan.events?.payloadSchemas ?? [:]),
      log: log, remote: serviceURLs.mapValues { url in .http(client) { url } })
  }

  /// The services that bundles call and that are somewhere else.
  private var serviceURLs: [String: String] {
    let names = Set(plan.bundles.flatMap(\.manifest.needs.services))
    return Dictionary(names.compactMap { name in settings.serviceURL(name).map { (name, $0) } }) { first, _ in first }
  }

  private var addresses: [String: String] {
    UpstreamAddresses.all(settings, plan, Ports(settings, plan.host, plan.bundles.map(\.manifest)))
  }
}

extension TrustKeys {
  init(_ secrets: [String: String]) {
    self.init(
      gateway: secrets["GATEWAY_SECRET_KEY"] ?? "", internal: secrets["INTERNAL_API_KEY"] ?? "",
      admin: secrets["LAKOO_ADMIN_TOKEN"] ?? "")
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
