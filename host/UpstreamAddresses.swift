import Gateway
import Manifest

/// Where a bundle's upstreams are.
enum UpstreamAddresses {
  /// The sandbox bundle and what it stands in for, in development.
  private static let sandbox = "sandbox"
  private static let sandboxed = ["xendit", "sendgrid", "twilio", "whatsapp", "fcm", "google-oauth"]
  /// The name by which a sandbox calls the platform back.
  private static let merchant = "merchant"

  /// By name: a `…_BASE_URL` variable wins, then the sandbox in development, then `host.yaml`.
  static func all(_ settings: Settings, _ plan: Plan, _ ports: Ports) -> [String: String] {
    var addresses = plan.host.upstreams
    if !settings.isProduction {
      addresses[merchant] = ports.url(of: .gateway)
      if plan.manifests.contains(where: { $0.name == sandbox }) {
        for name in sandboxed { addresses[name] = ports.url(of: .service(sandbox)) }
      }
    }
    for name in Set(plan.bundles.flatMap(\.manifest.needs.outbound)) {
      if let url = settings.baseURL(name) { addresses[name] = url }
    }
    return addresses.mapValues { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
  }

  /// `scheme://host:port` of a URL.
  static func origin(_ url: String) -> String {
    let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    return parts.prefix(3).joined(separator: "/")
  }
}
